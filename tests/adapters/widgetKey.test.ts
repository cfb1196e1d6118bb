import { newKey } from '../../adapters/widget/panel/conversation.ts';
import { redact } from '../../bot/redaction.ts';

test('no key of the widget is taken for a card number, so each message finds its echo', () => {
  const keys = Array.from({ length: 5_000 }, newKey);
  expect(new Set(keys).size).toBe(keys.length);
  expect(keys.filter((key) => redact(key).text !== key)).toEqual([]);
});
