import { createHash } from 'node:crypto';
import { build } from 'esbuild';
import type { Logger } from 'pino';
import type { Request, Server } from 'restify';
import { type Answer, route } from './http.ts';

const bundles = new Map<string, Promise<Buffer>>();

/**
 * Browser code as one minified script, bundled in memory at start, once in a process.
 * @param format `esm` keeps what the entry exports, for whoever imports it
 */
export function bundle(entry: string, format: 'iife' | 'esm' = 'iife'): Promise<Buffer> {
  const made = bundles.get(entry) ?? bundled(entry, format);
  bundles.set(entry, made);
  return made;
}

async function bundled(entry: string, format: 'iife' | 'esm'): Promise<Buffer> {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    minify: true,
    write: false,
    format,
    platform: 'browser',
    target: 'es2020',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    loader: { '.css': 'text' },
    legalComments: 'none',
  });
  return Buffer.from(outputFiles[0]!.contents);
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
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 20)}"`;
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
