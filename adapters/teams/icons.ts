import { crc32, deflateSync } from 'node:zlib';

/** Red, green, blue and opacity, each 0 to 255. */
type Colour = readonly [number, number, number, number];

const BLUE: Colour = [52, 72, 197, 255];
const WHITE: Colour = [255, 255, 255, 255];
const NOTHING: Colour = [255, 255, 255, 0];
/** Points looked at in each pixel, along each side, so that edges are smooth. */
const FINE = 4;

/** The icon in full colour: 192 by 192 pixels, a white speech bubble on the brand's blue. */
export function colourIcon(): Buffer {
  return draw(192, (x, y) => (bubble(x, y, 0) && !dots(x, y) ? WHITE : BLUE));
}

/** The outline icon: 32 by 32 pixels, white on nothing. */
export function outlineIcon(): Buffer {
  return draw(32, (x, y) => {
    const line = bubble(x, y, 0.07) && !bubble(x, y, -0.02);
    return line || dots(x, y) ? WHITE : NOTHING;
  });
}

/** A round speech bubble with its tail, in a square of side 1, wider by `more` on all sides. */
function bubble(x: number, y: number, more: number): boolean {
  const body = Math.hypot((x - 0.5) / 1.15, y - 0.46) < 0.27 + more;
  const tail = y > 0.55 && y < 0.84 + more && x > 0.27 - more && x - 0.27 < (0.84 + more - y) * 0.9 + more;
  return body || tail;
}

function dots(x: number, y: number): boolean {
  return [0.37, 0.5, 0.63].some((at) => Math.hypot(x - at, y - 0.46) < 0.045);
}

/** A picture by what its points are coloured, as PNG. */
function draw(size: number, colourAt: (x: number, y: number) => Colour): Buffer {
  const rows = Array.from({ length: size }, (_, row) => {
    const pixels = Array.from({ length: size }, (_, column) => pixel(size, column, row, colourAt));
    // Each row says first how it is filtered: not at all.
    return Buffer.from([0, ...pixels.flat()]);
  });
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  // Eight bits a channel, with opacity.
  header.set([8, 6, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.concat(rows))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function pixel(
  size: number,
  column: number,
  row: number,
  colourAt: (x: number, y: number) => Colour,
): number[] {
  const points = Array.from({ length: FINE * FINE }, (_, i) =>
    colourAt((column + ((i % FINE) + 0.5) / FINE) / size, (row + (Math.floor(i / FINE) + 0.5) / FINE) / size),
  );
  return [0, 1, 2, 3].map((channel) =>
    Math.round(points.reduce((sum, colour) => sum + colour[channel]!, 0) / points.length),
  );
}

/** A chunk of a PNG file (ISO/IEC 15948, section 5.3). */
function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}
