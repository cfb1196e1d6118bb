import { redact } from './redaction.ts';

/**
 * The same value with every text in it redacted, each read with its name (`{ cvv: '123' }`); depth and size are bounded at
 * the edge. A number that is no amount, but somebody's card, becomes a text.
 */
export function redactStrings<T>(value: T, name = ''): T {
  if (typeof value === 'string') return redactNamed(name, value) as T;
  if (typeof value === 'number' && Number.isInteger(value)) {
    const kept = redactNamed(name, String(value));
    return (kept === String(value) ? value : kept) as T;
  }
  if (Array.isArray(value)) return value.map((one: unknown) => redactStrings(one, name)) as T;
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [redact(key).text, redactStrings(inner, key)]),
    ) as T;
  }
  return value;
}

const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;
/** Letters, signs and short numbers, also when the signs between them are passed over. */
const MADE_UP = /^(?!.*(?:\d[.:|_-]?){12})[\w.:|-]*[a-z][\w.:|-]*$/i;

const LONGEST_ID = 200;

/** Whether it is an id that a program made up, which holds nothing to redact. */
export function isClientId(text: string): boolean {
  return text.length <= LONGEST_ID && (UUID.test(text) || MADE_UP.test(text));
}

function redactNamed(name: string, text: string): string {
  const before = `${name} : `;
  const kept = redact(before + text).text;
  return kept.startsWith(before) ? kept.slice(before.length) : redact(text).text;
}
