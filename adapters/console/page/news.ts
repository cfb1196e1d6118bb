/// <reference lib="dom" />
import { useEffect, useState } from 'preact/hooks';

/** What the server tells: that something has changed, or that someone is writing. */
export type News =
  | { type: 'hello' }
  | { type: 'conversation'; conversationId: string }
  | { type: 'typing'; conversationId: string; who: string };

const listeners = new Set<(news: News) => void>();
let source: EventSource | undefined;
let online = true;
const watchers = new Set<(online: boolean) => void>();

function setOnline(next: boolean): void {
  online = next;
  for (const watch of watchers) watch(next);
}

/** Opens the line while something listens; the browser opens it again when it breaks. */
function open(): void {
  source = new EventSource('/console/api/news');
  source.onmessage = ({ data }) => {
    setOnline(true);
    const news = JSON.parse(data as string) as News;
    for (const listener of listeners) listener(news);
  };
  source.onerror = () => {
    setOnline(false);
    // A line that was refused (signed out, or the server starting) is not opened again by the browser.
    if (source?.readyState === EventSource.CLOSED && listeners.size > 0) setTimeout(reopen, 2_000);
  };
}

function reopen(): void {
  source?.close();
  if (listeners.size > 0) open();
}

/** Calls `listener` for all news, for as long as the component is shown. */
export function useNews(listener: (news: News) => void, dependencies: unknown[]): void {
  useEffect(() => {
    listeners.add(listener);
    if (listeners.size === 1) open();
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0) source?.close();
    };
  }, dependencies);
}

/** Whether the line to the server stands. */
export function useOnline(): boolean {
  const [now, setNow] = useState(online);
  useEffect(() => {
    watchers.add(setNow);
    return () => void watchers.delete(setNow);
  }, []);
  return now;
}
