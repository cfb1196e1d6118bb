import { crc32, deflateSync } from 'node:zlib';

/** A real PNG of one colour; `width` and `height` may be said to be more than the data holds. */
export function png(width = 2, height = 2, [red, green, blue] = [200, 40, 40]): Buffer<ArrayBuffer> {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const row = Buffer.concat([
    Buffer.of(0),
    Buffer.alloc(3 * Math.min(width, 4096), Buffer.of(red, green, blue)),
  ]);
  const rows = Buffer.concat(Array.from({ length: Math.min(height, 4096) }, () => row));
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}
