/// <reference lib="dom" />
import { useEffect, useMemo, useReducer } from 'preact/hooks';
import { keep, kept, UNSENT } from '../storage.ts';
import { DirectLineClient } from './client.ts';
import { reduce, type Shown, type State } from './shown.ts';
import type { Outgoing } from './wire.ts';

export interface Conversation extends State {
  send: (text: string, files?: File[], form?: Outgoing['form']) => void;
  retry: (message: Shown) => void;
  /** Lets the other side know that the customer is writing. */
  signTyping: () => void;
  /** @returns whether the server has erased it. */
  erase: () => Promise<boolean>;
}

/** The conversation, live. `onAnswer` is told of each new answer. */
export function useConversation(
  server: string,
  identity: () => string | undefined,
  onAnswer: () => void,
): Conversation {
  const [state, change] = useReducer(reduce, {
    messages: [],
    link: 'connecting',
    agent: undefined,
    typing: undefined,
  });
  const client = useMemo(
    () =>
      new DirectLineClient(server, identity, {
        activity: (activity, past) => {
          change({ kind: 'activity', activity, past });
          if (!past && activity.type === 'message' && activity.from.role === 'bot') onAnswer();
        },
        link: (link) => change({ kind: 'link', link }),
        sent: (key, failure) => change({ kind: 'sent', key, failure }),
        renewed: () => change({ kind: 'renewed' }),
      }),
    [server],
  );
  const deliver = (message: Outgoing): void => {
    change({ kind: 'sending', message });
    client.send(message);
  };
  useEffect(() => {
    for (const message of unsent()) deliver({ ...message, files: [] });
    void client.run();
    return () => client.stop();
  }, [client]);
  useEffect(() => keepUnsent(state.messages), [state.messages]);
  const retry = ({ key, text, form, pictures }: Shown): void =>
    deliver({
      key,
      text,
      ...(form && { form }),
      files: pictures.flatMap(({ source }) => (source instanceof File ? source : [])),
    });
  useEffect(() => {
    // What could not leave while nobody was reached leaves by itself now, as the customer was told it would.
    if (state.link === 'online')
      state.messages.filter(({ failure }) => failure === 'unreachable').forEach(retry);
  }, [state.link]);
  return {
    ...state,
    send: (text, files = [], form) => deliver({ key: newKey(), text, files, ...(form && { form }) }),
    retry,
    signTyping: () => client.signTyping(),
    erase: () => client.erase(),
  };
}

/** Text that the server has not acknowledged outlives a reload; sent again under its key, it is stored once. */
function keepUnsent(messages: readonly Shown[]): void {
  const waiting = messages
    .filter(({ state, text }) => (state === 'sending' || state === 'failed') && text)
    .map(({ key, text, form }) => ({ key, text, form }));
  keep(UNSENT, waiting.length > 0 ? JSON.stringify(waiting) : undefined);
}

function unsent(): Omit<Outgoing, 'files'>[] {
  return JSON.parse(kept(UNSENT) ?? '[]') as Omit<Outgoing, 'files'>[];
}

/**
 * Unique, not secret. Letters only: among digits redaction would sooner or later see a card number, and the echo would come
 * back under another key. crypto.randomUUID is missing on pages without https.
 */
export function newKey(): string {
  const letters = crypto.getRandomValues(new Uint8Array(24));
  return Array.from(letters, (byte) => String.fromCharCode(97 + (byte % 26))).join('');
}
