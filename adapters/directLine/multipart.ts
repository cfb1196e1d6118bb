import { Busboy, type BusboyHeaders } from '@fastify/busboy';
import type { Request } from 'restify';
import { Refusal } from '../http.ts';
import { MAX_FILE } from './pictures.ts';

const MAX_FILES = 4;
const MAX_ACTIVITY = 64 * 1024;

/** A form as Direct Line's clients send it: a part `activity` (JSON), and files. */
export interface Form {
  activity: unknown;
  files: { name: string; bytes: Buffer }[];
}

interface Part {
  field: string;
  name: string;
  chunks: Buffer[];
}

/**
 * Reads a multipart body to its end, keeping at most 4 files of 4 MB in memory.
 * @throws Refusal 415 when the body is no form, 400 when it is malformed or cut off, 413 when it holds too much.
 */
export async function readForm(request: Request): Promise<Form> {
  if (request.contentType() !== 'multipart/form-data') {
    throw new Refusal(415, 'NotSupported', 'Send files as multipart/form-data, one part for each.');
  }
  const parts = await readParts(request);
  const form: Form = { activity: undefined, files: [] };
  for (const { field, name, chunks } of parts) {
    const bytes = Buffer.concat(chunks);
    if (field === 'activity') form.activity = readActivity(bytes);
    else form.files.push({ name, bytes });
  }
  if (form.files.length > MAX_FILES) {
    throw new Refusal(
      413,
      'MessageSizeTooBig',
      `A message may hold ${MAX_FILES} files; send the others in another.`,
    );
  }
  return form;
}

function readParts(request: Request): Promise<Part[]> {
  return new Promise((resolve, reject) => {
    const parts: Part[] = [];
    const malformed = (): void => {
      request.unpipe();
      // Read to its end all the same: a client that is still sending would not read the answer.
      request.resume();
      reject(new Refusal(400, 'BadArgument', 'The form is malformed or cut off; send it again.'));
    };
    let parser;
    try {
      parser = new Busboy({
        headers: request.headers as BusboyHeaders,
        // One more than is taken, so that too many and too big are seen and not just cut off.
        limits: {
          fileSize: MAX_FILE + 1,
          files: MAX_FILES + 2,
          fields: 4,
          fieldSize: MAX_ACTIVITY + 1,
          headerPairs: 20,
        },
      });
    } catch {
      return malformed();
    }
    parser.on('file', (field, stream, name) => {
      const part: Part = { field, name: name ?? '', chunks: [] };
      parts.push(part);
      stream.on('data', (chunk: Buffer) => part.chunks.push(chunk));
      stream.on('error', malformed);
    });
    parser.on('field', (field, value) => parts.push({ field, name: '', chunks: [Buffer.from(value)] }));
    parser.once('finish', () => resolve(parts));
    parser.once('error', malformed);
    request.once('aborted', malformed);
    request.pipe(parser);
  });
}

function readActivity(bytes: Buffer): unknown {
  if (bytes.length > MAX_ACTIVITY) {
    throw new Refusal(413, 'MessageSizeTooBig', 'The part "activity" may hold 64 kB.');
  }
  try {
    return JSON.parse(bytes.toString('utf8')) as unknown;
  } catch {
    throw new Refusal(400, 'BadArgument', 'The part "activity" is not valid JSON.');
  }
}
