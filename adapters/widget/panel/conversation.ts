/// <reference lib="dom" />
import { useEffect, useMemo, useReducer } from 'preact/hooks';
import { DirectLineClient, type Link, type Wire } from './client.ts';

/** A message as the panel shows it; `key` is the client's until the server has echoed it. */
export interface Shown {
  key: string;
  from: 'user' | 'bot';
  at: Date;
  text: string;
  reply?: NonNullable<Wire['channelData']>['reply'];
  choices: string[];
  state: 'sent' | 'sending' | 'failed';
}

export interface Conversation {
  messages: Shown[];
  link: Link;
}

type Change =
  | { kind: 'activity'; activity: Wire }
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
        messages: [...others, { key, text, from: 'user', at: new Date(), choices: [], state: 'sending' }],
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
      const shown = read(change.activity);
      if (!shown) return now;
      const settled = now.messages.filter((message) => message.state === 'sent');
      const waiting = now.messages.filter((message) => message.state !== 'sent' && message.key !== shown.key);
      return { ...now, messages: [...settled, shown, ...waiting] };
    }
  }
}

function read(activity: Wire): Shown | undefined {
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
  };
}

/** The conversation, live, and the way to say something in it. */
export function useConversation(
  server: string,
): Conversation & { send: (text: string, key?: string) => void } {
  const [conversation, change] = useReducer(reduce, { messages: [], link: 'connecting' });
  const client = useMemo(
    () =>
      new DirectLineClient(server, {
        activity: (activity) => change({ kind: 'activity', activity }),
        link: (link) => change({ kind: 'link', link }),
        sent: (key, acknowledged) => change({ kind: 'sent', key, acknowledged }),
        renewed: () => change({ kind: 'renewed' }),
      }),
    [server],
  );
  useEffect(() => void client.run(), [client]);
  return {
    ...conversation,
    send: (text, key = crypto.randomUUID()) => {
      change({ kind: 'sending', key, text });
      client.send(text, key);
    },
  };
}
