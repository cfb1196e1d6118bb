import { build } from 'esbuild';
import { cpSync, existsSync, globSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * `node docs/deploy/serverFiles.ts FOLDER`: copies what the server runs on to FOLDER, and nothing else: our own code and
 * knowledge as they are, and of node_modules the files that they import, a twentieth of it. Nothing is bundled or changed, so
 * stack traces are the source.
 */
const [, , target] = process.argv;
if (target === undefined) throw new Error('Say where to: node docs/deploy/serverFiles.ts FOLDER');

const OWN = ['bot', 'dialogs', 'knowledge', 'adapters', 'package.json'];
/** Not what compares the understanding with libraries that only developers have. */
const ENTRIES = ['bot/main.ts', ...globSync('bot/cli/*.ts', { exclude: ['bot/cli/evaluate.ts'] })];
/** Bundled when the server starts (adapters/bundle.ts), by esbuild, whose program no import names. */
const BROWSER = [
  'adapters/widget/loader.ts',
  'adapters/widget/panel/main.tsx',
  'adapters/console/page/app.tsx',
];
const PROGRAMS = ['node_modules/esbuild', ...globSync('node_modules/@esbuild/*')];

async function imported(entryPoints: string[], platform: 'node' | 'browser'): Promise<string[]> {
  const { metafile } = await build({
    entryPoints,
    platform,
    // As Node chooses among a package's files, which bundlers do otherwise.
    ...(platform === 'node' && { conditions: ['module-sync'], mainFields: ['main'] }),
    bundle: true,
    metafile: true,
    write: false,
    format: 'esm',
    outdir: 'nowhere',
    loader: { '.css': 'text' },
    jsx: 'automatic',
    jsxImportSource: 'preact',
    // restify does without it where it was not compiled.
    external: ['dtrace-provider'],
    logLevel: 'error',
  });
  return Object.keys(metafile.inputs).filter((file) => file.startsWith('node_modules/'));
}

const files = new Set([...(await imported(ENTRIES, 'node')), ...(await imported(BROWSER, 'browser'))]);
for (const file of [...files]) {
  // How Node reads a file (module or not, what it exports) stands in the package.json files above it.
  for (let folder = dirname(file); folder !== 'node_modules'; folder = dirname(folder)) {
    const description = join(folder, 'package.json');
    if (existsSync(description)) files.add(description);
  }
}
for (const path of [...OWN, ...PROGRAMS, ...files]) cpSync(path, join(target, path), { recursive: true });
console.log(`${files.size} files of node_modules, and ${OWN.join(', ')} are in ${target}.`);
