import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

/** Who may import whom: main and app sit above adapters, adapters above bot, bot above dialogs and knowledge. */
const MAY_IMPORT: Record<string, string[]> = {
  top: ['top', 'adapters', 'bot', 'dialogs', 'knowledge'],
  adapters: ['adapters', 'bot', 'dialogs', 'knowledge'],
  bot: ['bot', 'dialogs', 'knowledge'],
  dialogs: ['dialogs'],
  knowledge: ['knowledge'],
};
/** Entry points: they wire everything, though they live in bot/. */
const TOP = [/^bot\/main\.ts$/, /^bot\/serve\.ts$/, /^bot\/app(?:\.ts$|\/)/, /^bot\/cli\//];

const ROOT = process.cwd();
const files = ['bot', 'dialogs', 'knowledge', 'adapters'].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => join(folder, name)),
);

function floorOf(file: string): string {
  return TOP.some((pattern) => pattern.test(file)) ? 'top' : file.split('/')[0]!;
}

function importsOf(file: string): string[] {
  const source = readFileSync(file, 'utf8');
  return [...source.matchAll(/(?:from|import)\s+'([^']+)'/g)].map((match) => match[1]!);
}

test('each file imports from its own floor or from those below', () => {
  const wrong = files.flatMap((file) =>
    importsOf(file)
      .filter((name) => name.startsWith('.'))
      .map((name) => relative(ROOT, resolve(dirname(file), name)))
      .filter((target) => !MAY_IMPORT[floorOf(file)]!.includes(floorOf(target)))
      .map(
        (target) =>
          `${file} imports ${target}; ${floorOf(file)} may import from ${MAY_IMPORT[floorOf(file)]!.join(', ')}`,
      ),
  );
  expect(wrong).toEqual([]);
});

test('botbuilder stays out of every folder but adapters, bot and dialogs, and out of storage but for types', () => {
  const everywhere = readdirSync('.', { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(?:[cm]?js|tsx?)$/.test(name) && !/^(?:node_modules|data|coverage)\//.test(name))
    .filter((name) => !/^(?:adapters(?!\/storage)|bot|dialogs|tests)\//.test(name));
  const wrong = everywhere.filter((file) => {
    const source = readFileSync(file, 'utf8');
    const imports = [
      ...source.matchAll(/import\s+(type\s)?[^;]*?from\s+'(?:botbuilder|botframework)[^']*'/g),
    ];
    return imports.some(([, type]) => !(file.startsWith('adapters/storage/') && type));
  });
  expect(everywhere.length).toBeGreaterThan(20);
  expect(wrong).toEqual([]);
});

test('only the configuration reads the environment', () => {
  const readers = files.filter((file) => readFileSync(file, 'utf8').includes('process.env'));
  expect(readers).toEqual(['bot/config.ts']);
});

test('natural is imported by the part that is used, never whole', () => {
  const whole = files.filter((file) => importsOf(file).includes('natural'));
  expect(whole).toEqual([]);
});
