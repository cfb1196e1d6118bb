import { rmSync } from 'node:fs';
import { basename } from 'node:path';
import { RUN_FOLDER } from './beforeAll.ts';

/** After all tests: what they left in temporary folders goes. */
export default function afterAll(): void {
  const folder = process.env['TMPDIR'];
  if (folder && basename(folder).startsWith(RUN_FOLDER))
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}
