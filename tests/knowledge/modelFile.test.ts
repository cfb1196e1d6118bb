import { mkdtempSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dropOldModels } from '../../knowledge/modelFile.ts';

test('of the trained models the last two are kept, and nothing else is touched', () => {
  const cacheDir = mkdtempSync(join(tmpdir(), 'guichet-models-'));
  const model = (letter: string): string => `intents-${letter.repeat(16)}.model`;
  for (const [age, name] of [model('b'), model('a'), 'guichet.db', model('d'), model('c')].entries()) {
    writeFileSync(join(cacheDir, name), '');
    utimesSync(join(cacheDir, name), new Date(), new Date(Date.now() - age * 60_000));
  }
  dropOldModels({ cacheDir });
  expect(readdirSync(cacheDir).sort()).toEqual(['guichet.db', model('a'), model('b')]);
});
