import { redact } from './redaction.ts';

/** The same value with every text in it redacted; depth and size are bounded at the edge. */
export function redactStrings<T>(value: T): T {
  if (typeof value === 'string') return redact(value).text as T;
  if (Array.isArray(value)) return value.map(redactStrings) as T;
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [redact(key).text, redactStrings(inner)]),
    ) as T;
  }
  return value;
}
