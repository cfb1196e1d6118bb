import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BuildOptions } from 'esbuild';
import type { Logger } from 'pino';
import type { Request, Server } from 'restify';
import { type Answer, route } from './http.ts';

/** What a kept bundle was made of, and what came out: it is made anew when any of it is another one. */
interface Recipe {
  options: BuildOptions;
  files: Record<string, string>;
  script: string;
}

const bundles = new Map<string, Promise<Buffer>>();

/**
 * Browser code as one minified script. It is bundled once for the same code, and kept in `folder`, so that a start need not
 * wait for it; in a process it is read once.
 * @param format `esm` keeps what the entry exports, for whoever imports it
 */
export function bundle(entry: string, folder: string, format: 'iife' | 'esm' = 'iife'): Promise<Buffer> {
  const made = bundles.get(entry) ?? bundled(entry, folder, format);
  bundles.set(entry, made);
  return made;
}

async function bundled(entry: string, folder: string, format: 'iife' | 'esm'): Promise<Buffer> {
  const options: BuildOptions = {
    entryPoints: [entry],
    bundle: true,
    minify: true,
    format,
    platform: 'browser',
    target: 'es2020',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    loader: { '.css': 'text' },
    legalComments: 'none',
  };
  const place = join(folder, 'bundles', entry.replaceAll('/', '-'));
  const kept = readKept(place, options);
  if (kept) return kept;
  const { build } = await import('esbuild');
  const { outputFiles, metafile } = await build({ ...options, write: false, metafile: true });
  const script = Buffer.from(outputFiles[0]!.contents);
  const recipe: Recipe = { options, files: digests(Object.keys(metafile.inputs)), script: digest(script) };
  mkdirSync(join(folder, 'bundles'), { recursive: true });
  writeWhole(`${place}.js`, script);
  writeWhole(`${place}.json`, JSON.stringify(recipe));
  return script;
}

function readKept(place: string, options: BuildOptions): Buffer | undefined {
  if (!existsSync(`${place}.js`) || !existsSync(`${place}.json`)) return undefined;
  const before = JSON.parse(readFileSync(`${place}.json`, 'utf8')) as Recipe;
  const script = readFileSync(`${place}.js`);
  const paths = Object.keys(before.files);
  if (!paths.every(existsSync)) return undefined;
  const now: Recipe = { options, files: digests(paths), script: digest(script) };
  return JSON.stringify(now) === JSON.stringify(before) ? script : undefined;
}

/** Written aside and moved: whoever starts or dies at this moment finds all of it or nothing. */
function writeWhole(path: string, content: Buffer | string): void {
  writeFileSync(`${path}.${process.pid}`, content);
  renameSync(`${path}.${process.pid}`, path);
}

function digests(files: readonly string[]): Record<string, string> {
  return Object.fromEntries(files.map((file) => [file, digest(readFileSync(file))]));
}

function digest(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('base64url').slice(0, 20);
}
/** Serves a file that changes with releases only: browsers ask again, and get 304 when it is the same. */
export function serve(
  server: Server,
  log: Logger,
  path: string,
  type: string,
  body: Buffer,
  more: Record<string, string> = {},
): void {
  const etag = `"${digest(body)}"`;
  route(server, log, 'get', path, (request: Request): Answer => {
    const headers = {
      'Content-Type': type,
      ETag: etag,
      'Cache-Control': 'no-cache',
      ...more,
    };
    if (request.header('if-none-match') === etag) return { status: 304, headers };
    return { body, headers };
  });
}
