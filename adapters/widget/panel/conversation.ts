/// <reference lib="dom" />
import { useEffect, useMemo, useReducer } from 'preact/hooks';
import { DirectLineClient } from './client.ts';
import type { Link, Wire } from './wire.ts';

/** A message as the panel shows it; `key` stays the same from the moment it is sent to its echo. */
export interface Shown {
  key: string;
  from: 'user' | 'bot';
  at: Date;
  text: string;
  reply?: NonNullable<Wire['channelData']>['reply'];
  choices: string[];
  state: 'sent' | 'sending' | 'failed';
  /** Said before this page was opened: shown, and not announced. */
  past: boolean;
}

export interface Conversation {
  messages: Shown[];
  link: Link;
}

type Change =
  | { kind: 'activity'; activity: Wire; past: boolean }
  | { kind: 'link'; link: Link }
  | { kind: 'sending'; key: string; text: string }
  | { kind: 'sent'; key: string; acknowledged: boolean }
  | { kind: 'renewed' };

/** Messages in the server's order, then those on their way. */
export function reduce(now: Conversation, change: Change): Conversation {
  switch (change.kind) {
    case 'link':
      return { ...now, link: change.link };
    case 'renewed':
      return { ...now, messages: now.messages.filter((message) => message.state !== 'sent') };
    case 'sending': {
      const { key, text } = change;
      const others = now.messages.filter((message) => message.key !== key);
      return {
        ...now,
        messages: [
          ...others,
          { key, text, from: 'user', at: new Date(), choices: [], state: 'sending', past: false },
        ],
      };
    }
    case 'sent':
      return {
        ...now,
        messages: now.messages.map((message) =>
          message.key === change.key && message.state !== 'sent'
            ? { ...message, state: change.acknowledged ? 'sending' : 'failed' }
            : message,
        ),
      };
    case 'activity': {
      const shown = read(change.activity, change.past);
      if (!shown) return now;
      const settled = now.messages.filter((message) => message.state === 'sent');
      const waiting = now.messages.filter((message) => message.state !== 'sent' && message.key !== shown.key);
      return { ...now, messages: [...settled, shown, ...waiting] };
    }
  }
}

function read(activity: Wire, past: boolean): Shown | undefined {
  if (activity.type !== 'message') return undefined;
  const { reply, clientActivityID } = activity.channelData ?? {};
  return {
    key: clientActivityID ?? activity.id,
    from: activity.from.role === 'user' ? 'user' : 'bot',
    at: new Date(activity.timestamp),
    text: activity.text ?? '',
    ...(reply && { reply }),
    choices: activity.suggestedActions?.actions.map((action) => action.title) ?? [],
    state: 'sent',
    past,
  };
}

/** The conversation, live, and the way to say something in it. `onAnswer` is told of each new answer. */
export function useConversation(
  server: string,
  onAnswer: () => void,
): Conversation & { send: (text: string, key?: string) => void } {
  const [conversation, change] = useReducer(reduce, { messages: [], link: 'connecting' });
  const client = useMemo(
    () =>
      new DirectLineClient(server, {
        activity: (activity, past) => {
          change({ kind: 'activity', activity, past });
          if (!past && activity.type === 'message' && activity.from.role === 'bot') onAnswer();
        },
        link: (link) => change({ kind: 'link', link }),
        sent: (key, acknowledged) => change({ kind: 'sent', key, acknowledged }),
        renewed: () => change({ kind: 'renewed' }),
      }),
    [server],
  );
  useEffect(() => void client.run(), [client]);
  return {
    ...conversation,
    send: (text, key = newKey()) => {
      change({ kind: 'sending', key, text });
      client.send(text, key);
    },
  };
}

/** Unique, not secret. crypto.randomUUID is missing on pages without https. */
function newKey(): string {
  return crypto.getRandomValues(new Uint32Array(4)).join('-');
}
