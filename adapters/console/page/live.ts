/// <reference lib="dom" />
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { ApiError, ask } from './api.ts';
import { type News, useNews } from './news.ts';

/** A net under the news, which a proxy may hold back. */
const EVERY_MS = 30_000;
/** News come in bursts; one reading serves them all. */
const GATHER_MS = 120;

export interface Live<T> {
  /** The last answer; kept while the server is away. */
  data?: T;
  /** Why the last reading failed; absent when it succeeded. */
  failure?: string;
  refresh: () => void;
}

/**
 * Reads `path` now, and again whenever the server tells of something that concerns it.
 * @param onSignedOut called when the session has ended; must be the same function at each render
 * @param concerns whether news are of interest; all are when absent
 */
export function useLive<T>(
  path: string,
  onSignedOut: () => void,
  concerns: (news: News, data: T | undefined) => boolean = () => true,
): Live<T> {
  const [state, setState] = useState<Omit<Live<T>, 'refresh'>>({});
  const data = useRef<T>(undefined);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const reading = useRef(0);

  const read = useCallback(async (): Promise<void> => {
    reading.current += 1;
    const mine = reading.current;
    const next = await ask<T>('GET', path).catch((error: ApiError) => error);
    // An answer that was overtaken must not undo a newer one, nor a sign-out.
    if (mine !== reading.current) return;
    if (next instanceof ApiError) {
      if (next.status === 401) return onSignedOut();
      setState((before) => ({ ...before, failure: next.message }));
    } else {
      data.current = next;
      setState({ data: next });
    }
  }, [path, onSignedOut]);

  useEffect(() => {
    void read();
    const net = setInterval(() => void read(), EVERY_MS);
    return () => {
      clearInterval(net);
      clearTimeout(timer.current);
      reading.current += 1;
    };
  }, [read]);

  useNews(
    (news) => {
      if (news.type === 'typing' || (news.type !== 'hello' && !concerns(news, data.current))) return;
      clearTimeout(timer.current);
      timer.current = setTimeout(() => void read(), GATHER_MS);
    },
    [read],
  );
  return { ...state, refresh: () => void read() };
}
