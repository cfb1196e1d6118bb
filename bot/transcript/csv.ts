import { transcriptLines, type TranscriptSource } from '../transcript.ts';
import { localTime, utcTime } from './time.ts';

/** One line an entry, for spreadsheets. */
export function toCsv(source: TranscriptSource): string {
  return csv([
    ['rang', 'heure de Paris', 'heure UTC', 'nature', 'rôle', 'auteur', 'texte', 'choix', 'pièces jointes'],
    ...transcriptLines(source).map((line) => [
      String(line.seq),
      localTime(line.at),
      utcTime(line.at),
      line.kind,
      line.role,
      line.who,
      line.text,
      line.choices.join(' | '),
      line.attachments.map(({ name }) => name).join(' | '),
    ]),
  ]);
}

/** RFC 4180 with a byte order mark, by which spreadsheets know UTF-8. */
export function csv(rows: readonly (readonly string[])[]): string {
  return `\uFEFF${rows.map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
}

/**
 * A cell that a spreadsheet shows and never calculates: what begins like a formula gets an apostrophe before it
 * (OWASP, CSV injection), also behind spaces and in full-width signs, which some programs read alike.
 */
export function cell(text: string): string {
  const safe = /^[\s\u00a0]*[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
}
