import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

jest.mock('esbuild', () => {
  const real: object = jest.requireActual('esbuild');
  return { ...real, build: jest.fn((real as { build: unknown }).build as () => unknown) };
});

const folder = mkdtempSync(join(tmpdir(), 'guichet-bundle-'));
const entry = join(folder, 'entry.ts');
const part = join(folder, 'part.ts');

/** As a process that has just started. */
async function afterStart(): Promise<string> {
  jest.resetModules();
  const { bundle } = await import('../../adapters/bundle.ts');
  return (await bundle(entry, folder)).toString();
}
async function builds(): Promise<number> {
  const { build: now } = await import('esbuild');
  return jest.mocked(now).mock.calls.length;
}

test('browser code is bundled once for the same code; made anew when a part of it or the kept script has changed', async () => {
  writeFileSync(entry, "import { said } from './part.ts'; document.title = said;");
  writeFileSync(part, "export const said: string = 'one';");
  expect(await afterStart()).toContain('one');
  expect(await builds()).toBe(1);
  expect(await afterStart()).toContain('one');
  expect(await builds()).toBe(0);

  writeFileSync(part, "export const said: string = 'two';");
  expect(await afterStart()).toContain('two');
  expect(await afterStart()).toContain('two');
  expect(await builds()).toBe(0);

  const kept = readdirSync(join(folder, 'bundles')).find((name) => name.endsWith('.js'))!;
  writeFileSync(join(folder, 'bundles', kept), 'half a scr');
  expect(await afterStart()).toContain('two');
  expect(await builds()).toBe(1);
});
