/// <reference lib="dom" />
import { useEffect, useState } from 'preact/hooks';
import { ApiError, ask } from './api.ts';

const EVERY_MS = 10_000;

export interface Polled<T> {
  /** The last answer; kept while the server is away. */
  data?: T;
  /** Why the last reading failed; absent when it succeeded. */
  failure?: string;
}

/**
 * Reads `path` now and again 10 s after each answer, for as long as the component is shown.
 * @param onSignedOut called when the session has ended; must be the same function at each render
 */
export function usePolled<T>(path: string, onSignedOut: () => void): Polled<T> {
  const [polled, setPolled] = useState<Polled<T>>({});
  useEffect(() => {
    let left = false;
    let timer: ReturnType<typeof setTimeout>;
    const read = async (): Promise<void> => {
      const next = await ask<T>('GET', path).catch((error: ApiError) => error);
      // An answer that comes late must not undo a sign-out.
      if (left) return;
      if (next instanceof ApiError) {
        if (next.status === 401) return onSignedOut();
        setPolled((before) => ({ ...before, failure: next.message }));
      } else setPolled({ data: next });
      timer = setTimeout(() => void read(), EVERY_MS);
    };
    void read();
    return () => {
      left = true;
      clearTimeout(timer);
    };
  }, [path, onSignedOut]);
  return polled;
}
