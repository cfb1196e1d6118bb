/// <reference lib="dom" />
import type { Shown } from './conversation.ts';

const WHEN = new Intl.DateTimeFormat('fr-FR', { dateStyle: 'long', timeStyle: 'short' });

/** The conversation as text, for the customer to keep or to print. */
export function transcriptText(messages: readonly Shown[]): string {
  return messages
    .map(({ at, from, agent, text, pictures }) => {
      const who = from === 'user' ? 'Vous' : (agent ?? 'Assistant');
      const images = pictures.map(({ name }) => `[image\u00a0: ${name}]`);
      return [`${WHEN.format(at)} – ${who}`, ...(text ? [text] : []), ...images].join('\r\n');
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
