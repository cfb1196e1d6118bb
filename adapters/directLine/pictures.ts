import { randomUUID } from 'node:crypto';
import { imageSize } from 'image-size';
import type { Upload } from '../../bot/store.ts';
import { Refusal } from '../http.ts';

/** Bytes. */
export const MAX_FILE = 4 * 1024 * 1024;
/** Pixels. A few kilobytes can unpack to gigabytes in whoever looks at the picture. */
const MAX_PIXELS = 50_000_000;

/** What the first bytes say, whatever the name and the declared type claim. Nothing that could hold a script is here. */
const KINDS = [
  { magic: /^\x89PNG\r\n\x1a\n/, contentType: 'image/png', extension: 'png' },
  { magic: /^\xff\xd8\xff/, contentType: 'image/jpeg', extension: 'jpg' },
  { magic: /^GIF8[79]a/, contentType: 'image/gif', extension: 'gif' },
  { magic: /^RIFF[^]{4}WEBPVP8/, contentType: 'image/webp', extension: 'webp' },
] as const;

/**
 * A picture out of the bytes that a customer sent.
 * @throws Refusal 413 for more than 4 MB or 50 million pixels, 415 for anything but PNG, JPEG, GIF or WebP.
 */
export function readPicture(name: string, bytes: Buffer): Upload {
  if (bytes.length > MAX_FILE) {
    throw new Refusal(413, 'MessageSizeTooBig', 'A file may hold 4 MB; send a smaller picture.');
  }
  const start = bytes.toString('latin1', 0, 16);
  const kind = KINDS.find(({ magic }) => magic.test(start));
  if (!kind) {
    throw new Refusal(415, 'NotSupported', 'Only PNG, JPEG, GIF and WebP pictures are taken.');
  }
  if (pixels(bytes) > MAX_PIXELS) {
    throw new Refusal(
      413,
      'MessageSizeTooBig',
      'The picture may hold 50 million pixels; send a smaller one.',
    );
  }
  return { id: randomUUID(), name: cleanName(name, kind.extension), contentType: kind.contentType, bytes };
}

function pixels(bytes: Buffer): number {
  try {
    const { width, height } = imageSize(bytes);
    return width * height;
  } catch {
    throw new Refusal(415, 'NotSupported', 'The picture is damaged; take it again.');
  }
}

/**
 * A name that is safe to show and to save under: its last part, without control, direction and reserved characters, at
 * most 80 characters, with the extension of what the file is.
 */
export function cleanName(given: string, extension: string): string {
  const last = given.normalize('NFC').toWellFormed().split(/[/\\]/).at(-1)!;
  const safe = last.replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}<>:"|?*]/gu, '').replace(/\.[^.]*$/, '');
  return `${[...safe.trim().replace(/^\.+/, '')].slice(0, 80).join('') || 'image'}.${extension}`;
}
