import { redact, type RedactionLine } from '../../bot/redaction.ts';

/**
 * Plays a conversation as the channel does: each message is redacted before it is stored, the earlier ones rewritten where
 * a number is recognised late; "B:" begins the bot's. @returns the lines as stored
 */
export function stored(messages: readonly string[]): string[] {
  const lines: RedactionLine[] = [];
  for (const message of messages) {
    if (message.startsWith('B:')) {
      lines.push({ from: 'bot', text: message.slice(2) });
      continue;
    }
    const { text, earlier } = redact(message, lines);
    for (const change of earlier) lines[change.index]!.text = change.text;
    lines.push({ from: 'customer', text });
  }
  return lines.map((line) => line.text);
}
