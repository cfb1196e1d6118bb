/// <reference lib="dom" />
import { useEffect, useRef, useState } from 'preact/hooks';
import { ask } from './api.ts';
import { useNews } from './news.ts';

/** A sign of writing holds for this long, unless another one comes. */
const SHOWN_MS = 5_000;
/** Our own signs are sent no oftener. */
const TELL_EVERY_MS = 3_000;

/** Whether the customer of this conversation is writing. */
export function useCustomerTyping(conversationId: string | undefined): boolean {
  const [typing, setTyping] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  useNews(
    (news) => {
      if (!('conversationId' in news) || news.conversationId !== conversationId) return;
      clearTimeout(timer.current);
      // What was being written has come.
      setTyping(news.type === 'typing');
      if (news.type === 'typing') timer.current = setTimeout(() => setTyping(false), SHOWN_MS);
    },
    [conversationId],
  );
  return typing;
}

/** @returns what tells the customer that the agent is writing. */
export function useTellTyping(reference: string): () => void {
  const told = useRef(0);
  return () => {
    const now = Date.now();
    if (now - told.current < TELL_EVERY_MS) return;
    told.current = now;
    // A lost sign of writing is no loss.
    void ask('POST', `tickets/${reference}/typing`).catch(() => undefined);
  };
}
