import type { Config } from '../../config.ts';

/** What was found. `note`: it works, and the reader may want to know; `wrong`: it does not work, `todo` says what to do. */
export type Finding =
  | { state: 'good'; says: string; todo?: undefined }
  | { state: 'note'; says: string; todo?: string }
  | { state: 'wrong'; says: string; todo?: string };

/** Looks at one thing that the server needs, within 10 seconds. */
export type Check = (config: Config) => Promise<Finding[]> | Finding[];

/** An error in few words, without a stack. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // fetch says only that it failed; why stands below.
  const { cause } = error;
  const message =
    cause instanceof Error && cause.message !== '' ? cause.message : error.message || error.name;
  // OpenSSL puts a line of numbers and places around its few words.
  return /:SSL routines:[^:]*:([^:]+):/.exec(message)?.[1] ?? message;
}
