/// <reference lib="dom" />
import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';
import type { Shown } from './shown.ts';
import { Message } from './Message.tsx';
import { useScroll } from './scroll.ts';

const DAY = new Intl.DateTimeFormat('fr-FR', { weekday: 'long', day: 'numeric', month: 'long' });

interface Props {
  messages: readonly Shown[];
  /** What stands above the conversation. */
  head: ComponentChildren;
  /** What stands below it: who is writing. */
  foot: ComponentChildren;
  onChoose: (title: string) => void;
  onRetry: (message: Shown) => void;
}

/** What was said, day by day. It is there before the first message, so that each one is announced. */
export function Log({ messages, head, foot, onChoose, onRetry }: Props) {
  const log = useRef<HTMLDivElement>(null);
  const scroll = useScroll(log, messages.length, messages.at(-1)?.state === 'sending');
  return (
    <>
      <div class="log" role="log" aria-label="Conversation" tabIndex={0} ref={log} onScroll={scroll.onScroll}>
        <div>
          {head}
          {messages.map((message, i) => (
            <div key={message.key} aria-live={message.past ? 'off' : undefined}>
              {newDay(message, messages[i - 1]) && <p class="day">{DAY.format(message.at)}</p>}
              <Message
                message={message}
                answer={messages.slice(i + 1).find((later) => later.from === 'user')?.text}
                more={speaksOn(message, messages[i + 1])}
                onChoose={onChoose}
                onRetry={() => onRetry(message)}
              />
            </div>
          ))}
          {foot}
        </div>
      </div>
      <div class="below">
        {scroll.below && (
          <button
            type="button"
            onClick={() => {
              scroll.toEnd();
              log.current?.focus();
            }}
          >
            Nouveau message ↓
          </button>
        )}
      </div>
    </>
  );
}

function newDay(message: Shown, before: Shown | undefined): boolean {
  // One on its way has the browser's time, which may be wrong.
  if (message.state !== 'sent') return false;
  return !before || DAY.format(before.at) !== DAY.format(message.at);
}

function speaksOn(message: Shown, next: Shown | undefined): boolean {
  return (
    next !== undefined &&
    next.from === message.from &&
    next.agent === message.agent &&
    next.at.getTime() - message.at.getTime() < 60_000
  );
}
