/// <reference lib="dom" />
import { useEffect, useState } from 'preact/hooks';
import { keep, kept, READ } from '../storage.ts';
import type { Shown } from './shown.ts';

/**
 * How many answers the customer has not seen, in any tab: the place up to which they have read is kept, and other tabs hear
 * of it.
 */
export function useUnread(messages: readonly Shown[], reading: boolean): number {
  const [read, setRead] = useState(() => Number(kept(READ) ?? 0));
  const last = messages.findLast((message) => message.seq > 0)?.seq ?? 0;
  useEffect(() => {
    const follow = ({ key, newValue }: StorageEvent): void => {
      if (key === READ.key) setRead(Number(newValue ?? 0));
    };
    addEventListener('storage', follow);
    return () => removeEventListener('storage', follow);
  }, []);
  useEffect(() => {
    if (!reading || last === read || last === 0) return;
    setRead(last);
    keep(READ, String(last));
  }, [reading, last, read]);
  return messages.filter((message) => message.from === 'bot' && message.seq > read).length;
}

/** Whether the customer can see this page. */
export function useVisible(): boolean {
  const [visible, setVisible] = useState(document.visibilityState === 'visible');
  useEffect(() => {
    const follow = (): void => setVisible(document.visibilityState === 'visible');
    document.addEventListener('visibilitychange', follow);
    return () => document.removeEventListener('visibilitychange', follow);
  }, []);
  return visible;
}
