/// <reference lib="dom" />
import { type RefObject } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';

/** Pixels from the end within which the customer is taken to read the newest message. */
const NEAR = 60;

/**
 * Keeps the newest message in sight, unless the customer has scrolled up to read: then `below` says that something new
 * came. `follow` is true for what must be seen anyway: the message that is just being sent.
 */
export function useScroll(log: RefObject<HTMLElement | null>, count: number, follow: boolean) {
  const [below, setBelow] = useState(false);
  const atEnd = useRef(true);
  const toEnd = (): void => {
    log.current?.scrollTo({ top: log.current.scrollHeight });
    atEnd.current = true;
    setBelow(false);
  };
  useLayoutEffect(() => {
    if (follow || atEnd.current) toEnd();
    else setBelow(true);
  }, [count]);
  useEffect(() => {
    const { current } = log;
    if (!current) return;
    // The log shrinks when the composer grows or a phone's keyboard comes, and is nothing while the panel is closed; what it
    // holds grows when a picture is drawn.
    const resized = new ResizeObserver(() => atEnd.current && toEnd());
    resized.observe(current);
    resized.observe(current.firstElementChild!);
    return () => resized.disconnect();
  }, []);
  const onScroll = (): void => {
    const { scrollHeight, scrollTop, clientHeight } = log.current!;
    if (clientHeight === 0) return;
    atEnd.current = scrollHeight - scrollTop - clientHeight < NEAR;
    if (atEnd.current) setBelow(false);
  };
  return { below, toEnd, onScroll };
}
