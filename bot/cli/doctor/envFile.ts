import { existsSync, readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { settings } from '../../config.ts';
import type { Finding } from './finding.ts';

/** NAME=value, or nothing but a comment. */
const READABLE = /^\s*(?:#.*|(?:export\s+)?[A-Za-z_]\w*\s*=.*)?$/;

/** Lines of .env that nobody reads: Node passes over what it cannot read, and the server over names that it does not know. */
export function envFile(file = '.env'): Finding[] {
  if (!existsSync(file)) return [];
  const text = readFileSync(file, 'utf8');
  // By their numbers alone, for a line may hold a password.
  const unreadable = text.split('\n').flatMap((line, i) => (READABLE.test(line.trimEnd()) ? [] : [i + 1]));
  const unknown = Object.keys(parseEnv(text)).filter((name) => !(name in settings));
  return [
    ...unreadable.map((number): Finding => ({
      state: 'wrong',
      says: `Line ${number} of .env is not read: it is not NAME=value.`,
      todo: 'Correct it, or begin it with # if it is a comment.',
    })),
    ...unknown.map((name): Finding => ({
      state: 'wrong',
      says: `${name} in .env is no setting, so it does nothing.`,
      todo: 'Correct the name or remove the line; .env.example has every name.',
    })),
  ];
}
