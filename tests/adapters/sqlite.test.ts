import { execFile } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { DatabaseInUseError, openSqliteStore } from '../../adapters/storage/sqlite.ts';
import { storeContract } from '../storeContract.ts';

const newFolder = (): string => mkdtempSync(join(tmpdir(), 'guichet-sqlite-'));

storeContract('SQLite', () => openSqliteStore(newFolder()));

test('a second process on the same file is refused, with the reason', async () => {
  const folder = newFolder();
  const store = await openSqliteStore(folder);
  const program = `
    import { openSqliteStore } from './adapters/storage/sqlite.ts';
    await openSqliteStore(${JSON.stringify(folder)}).then(() => console.log('opened'), (error) => console.log(error.message));
  `;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', program]);
  expect(stdout).toContain('Another process already serves the database');
  expect(stdout).toContain('DATA_DIR');
  await store.close();
});

test('the folder is free again once its process has closed it', async () => {
  const folder = newFolder();
  await (await openSqliteStore(folder)).close();
  const again = await openSqliteStore(folder);
  await expect(openSqliteStore(folder)).rejects.toThrow(DatabaseInUseError);
  await again.close();
});
