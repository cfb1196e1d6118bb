/// <reference lib="dom" />
import { useEffect, useState } from 'preact/hooks';
import type { Shown } from './shown.ts';

/** Milliseconds that one sign of typing lasts; whoever goes on typing sends another. */
const LASTS = 6_000;

/**
 * Whether somebody is writing: `sign` is the last that was heard of it, `unanswered` the last message where the assistant
 * answers at once. What is only thinking does not do so for ever.
 */
export function useTyping(sign: { at: number } | undefined, unanswered: Shown | undefined): boolean {
  const waits = unanswered?.from === 'user' && unanswered.state !== 'failed' ? unanswered.key : undefined;
  const [is, setIs] = useState(false);
  useEffect(() => {
    setIs(sign !== undefined || waits !== undefined);
    const timer = setTimeout(() => setIs(false), LASTS);
    return () => clearTimeout(timer);
  }, [sign, waits]);
  return is;
}

/** The three dots, and who writes when it is a human. Not for screen readers: it comes and goes too often. */
export function Typing({ name }: { name: string | undefined }) {
  return (
    <p class="typing" aria-hidden="true">
      <i /> <i /> <i />
      {name && <span>{name} écrit…</span>}
    </p>
  );
}
