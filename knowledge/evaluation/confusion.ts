import type { Judged } from './measures.ts';

const CELL = 46;
const MARGIN = 170;
/** The slanted name of the last column reaches beyond it. */
const OVERHANG = 60;

/** The confusion matrix as an SVG picture: a row for each true label, a column for what was said, shares of the row. */
export function confusionPicture(judged: readonly Judged[]): string {
  const labels = [...new Set(judged.map(({ label }) => label))].sort();
  const height = MARGIN + labels.length * CELL + 10;
  const width = height + OVERHANG;
  const rows = labels.flatMap((label, y) => {
    const own = judged.filter((one) => one.label === label);
    return labels.map((said, x) => {
      const share = own.filter((one) => one.said.intent === said).length / own.length;
      return cell(x, y, share, label === said);
    });
  });
  const names = labels.flatMap((label, i) => {
    const middle = MARGIN + i * CELL + CELL / 2;
    return [
      `<text x="${MARGIN - 8}" y="${middle + 4}" text-anchor="end">${label}</text>`,
      `<text transform="translate(${middle + 4} ${MARGIN - 8}) rotate(-60)">${label}</text>`,
    ];
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="sans-serif" font-size="12" role="img" aria-label="Confusion matrix">`,
    `<rect width="${width}" height="${height}" fill="#fff"/>`,
    ...names,
    ...rows,
    '</svg>',
    '',
  ].join('\n');
}

function cell(column: number, row: number, share: number, right: boolean): string {
  const [x, y] = [MARGIN + column * CELL, MARGIN + row * CELL];
  const percent = Math.round(share * 100);
  // Errors are few: their colour grows faster, to be seen.
  const strength = right ? share : Math.min(1, share * 10);
  const colour = right ? `rgb(27 94 140 / ${strength})` : `rgb(190 60 40 / ${strength})`;
  const text =
    percent > 0
      ? `<text x="${x + CELL / 2}" y="${y + CELL / 2 + 4}" text-anchor="middle" fill="${strength > 0.6 ? '#fff' : '#222'}">${percent}</text>`
      : '';
  return `<rect x="${x}" y="${y}" width="${CELL - 1}" height="${CELL - 1}" fill="${colour}" stroke="#ddd"/>${text}`;
}
