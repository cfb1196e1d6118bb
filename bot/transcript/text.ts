import { type TranscriptLine, transcriptLines, type TranscriptSource } from '../transcript.ts';
import { localTime, utcTime } from './time.ts';

/** Plain text, for mail readers and tickets. */
export function toText(source: TranscriptSource): string {
  const { conversation, references = [] } = source;
  const lines = transcriptLines(source);
  const head = [
    `Conversation ${conversation.id}`,
    ...(references.length > 0 ? [`Ticket ${references.join(', ')}`] : []),
    `Canal ${conversation.channel}`,
    'Heures de Paris, puis heures UTC.',
  ];
  return `${[head.join('\n'), ...lines.map(textOf)].join('\n\n')}\n`;
}

function textOf(line: TranscriptLine): string {
  const mark = line.kind === 'note' ? ' (note interne)' : '';
  return [
    `${localTime(line.at)} (${utcTime(line.at)}) ${line.who}${mark}`,
    // Indented, so that no line of a message can pass for a heading.
    ...indent(line.text),
    ...line.attachments.map(({ name, contentType }) => `    [pièce jointe : ${name}, ${contentType}]`),
    ...(line.choices.length > 0 ? [`    [choix : ${line.choices.join(' | ')}]`] : []),
  ].join('\n');
}

function indent(text: string): string[] {
  return text === '' ? [] : text.split(/\r\n|[\n\r\u2028\u2029]/).map((part) => `    ${part}`);
}
