/// <reference lib="dom" />
import type { Picture, Shown } from './shown.ts';

export const WHEN = new Intl.DateTimeFormat('fr-FR', { dateStyle: 'long', timeStyle: 'short' });

/** Who said it, in the customer's eyes. */
export function speaker({ from, agent }: Shown): string {
  return from === 'user' ? 'Vous' : (agent ?? 'Assistant');
}

/** A picture, where there are only words. */
export function pictureLine({ name }: Picture): string {
  return `[image\u00a0: ${name}]`;
}

/** The conversation as text, for the customer to keep. */
export function transcriptText(messages: readonly Shown[]): string {
  return messages
    .map((message) => {
      const { at, text, pictures } = message;
      const said = [...(text ? [text] : []), ...pictures.map(pictureLine)];
      return [`${WHEN.format(at)} – ${speaker(message)}`, ...said].join('\r\n');
    })
    .join('\r\n\r\n');
}

/** Has the browser save a text as a file. */
export function saveText(name: string, text: string): void {
  // The mark at the start tells old editors that it is UTF-8.
  const url = URL.createObjectURL(new Blob(['\ufeff', text, '\r\n'], { type: 'text/plain;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 1_000);
}
