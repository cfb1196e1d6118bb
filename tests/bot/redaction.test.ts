import { describeRemoved, redact, redactUrl } from '../../bot/redaction.ts';
import type { RedactionLine } from '../../bot/redaction.ts';
import cases from './redaction-cases.json';

/** Plays a conversation as the channel does: each customer message is redacted before it is stored. */
function store(messages: string[]): RedactionLine[] {
  const lines: RedactionLine[] = [];
  for (const message of messages) {
    if (message.startsWith('B:')) {
      lines.push({ from: 'bot', text: message.slice(2) });
      continue;
    }
    const { text, earlier } = redact(message, lines);
    for (const line of earlier) lines[line.index] = { from: 'customer', text: line.text };
    lines.push({ from: 'customer', text });
  }
  return lines;
}

const digitsOf = (text: string): string => text.normalize('NFKC').replace(/\D/g, '');

describe('the forty cases', () => {
  test.each(cases.map((one) => [one.id, one.what, one] as const))('%s %s', (_id, _what, one) => {
    const lines = store(one.messages).map((line) => line.text);
    for (const gone of one.goneDigits)
      for (const line of lines) {
        expect(line).not.toContain(gone);
        expect(digitsOf(line)).not.toContain(gone);
      }
    for (const kept of one.mustKeep) expect(lines.join('\n')).toContain(kept);
  });
});
