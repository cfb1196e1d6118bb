/// <reference lib="dom" />
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Whole } from './api.ts';

export type Kind = 'reply' | 'note';

/** The text being written, kept for this tab: neither a reload nor a look at another ticket loses it. */
export function useDraft(reference: string, kind: Kind): [string, (text: string) => void] {
  const place = `${kind} ${reference}`;
  const [drafts, setDrafts] = useState<Record<string, string>>({});
  const text = drafts[place] ?? sessionStorage.getItem(place) ?? '';
  return [
    text,
    (next) => {
      setDrafts((before) => ({ ...before, [place]: next }));
      if (next) sessionStorage.setItem(place, next);
      else sessionStorage.removeItem(place);
    },
  ];
}

/** The place of the last message that was on this page when it was last looked at. */
export function useSeen(ticket: Whole): { current: number } {
  const seen = useRef(ticket.lastSeq);
  useEffect(() => {
    // What arrives while the page is hidden has not been seen.
    const look = (): void => {
      if (!document.hidden) seen.current = Math.max(seen.current, ticket.lastSeq);
    };
    look();
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, [ticket.lastSeq]);
  return seen;
}
