import type { Failure, Link, Outgoing, Wire } from './wire.ts';

/** A message as the panel shows it; `key` stays the same from the moment it is sent to its echo. */
export interface Shown {
  key: string;
  /** Its place in the conversation; 0 while the server has not told it. */
  seq: number;
  from: 'user' | 'bot';
  /** A human agent's name. */
  agent?: string;
  at: Date;
  text: string;
  reply?: NonNullable<Wire['channelData']>['reply'];
  /** The detail that it asks for, by name. */
  asks?: string;
  choices: string[];
  pictures: Picture[];
  /** Sent as a contact form. */
  form?: Outgoing['form'];
  state: 'sent' | 'sending' | 'delivered' | 'failed';
  failure?: Failure;
  /** Said before this page was opened: shown, and not announced. */
  past: boolean;
}

/** A picture of the conversation: at the server, or still in the hands of the browser. */
export interface Picture {
  name: string;
  source: string | File;
}

/** What the panel shows of a conversation. */
export interface State {
  messages: Shown[];
  link: Link;
  /** The human who has the conversation. */
  agent: string | undefined;
  /** The last sign that somebody is writing, since the last message. */
  typing: { at: number } | undefined;
}

/** What happens to it. */
export type Change =
  | { kind: 'activity'; activity: Wire; past: boolean }
  | { kind: 'link'; link: Link }
  | { kind: 'sending'; message: Outgoing }
  | { kind: 'sent'; key: string; failure: Failure | undefined }
  | { kind: 'renewed' };

/** Messages in the server's order, then those on their way. */
export function reduce(now: State, change: Change): State {
  switch (change.kind) {
    case 'link':
      return { ...now, link: change.link };
    case 'renewed':
      return { ...now, messages: now.messages.filter((message) => message.state !== 'sent') };
    case 'sending': {
      const others = now.messages.filter((message) => message.key !== change.message.key);
      return { ...now, messages: [...others, onItsWay(change.message)] };
    }
    case 'sent':
      return { ...now, messages: now.messages.map((message) => settle(message, change)) };
    case 'activity': {
      const { activity, past } = change;
      if (activity.type === 'typing') return { ...now, typing: { at: Date.now() } };
      if (activity.name === 'handoff.status') return { ...now, agent: inCharge(activity) };
      if (activity.type !== 'message') return now;
      const shown = read(activity, past);
      const settled = now.messages.filter((message) => message.state === 'sent');
      const waiting = now.messages.filter((message) => message.state !== 'sent' && message.key !== shown.key);
      return { ...now, typing: undefined, messages: [...settled, shown, ...waiting] };
    }
  }
}

function inCharge({ value }: Wire): string | undefined {
  return value?.status === 'accepted' || value?.status === 'active' ? value.agent : undefined;
}

function onItsWay({ key, text, files, form }: Outgoing): Shown {
  return {
    key,
    ...(form && { form }),
    seq: 0,
    text,
    from: 'user',
    at: new Date(),
    choices: [],
    pictures: files.map((file) => ({ name: file.name, source: file })),
    state: 'sending',
    past: false,
  };
}

function settle(message: Shown, { key, failure }: { key: string; failure: Failure | undefined }): Shown {
  // The echo may have come before the answer to the request.
  if (message.key !== key || message.state === 'sent') return message;
  return failure === undefined
    ? { ...message, state: 'delivered' }
    : { ...message, state: 'failed', failure };
}

function read(activity: Wire, past: boolean): Shown {
  const { reply, clientActivityID, asks, role } = activity.channelData ?? {};
  return {
    key: clientActivityID ?? activity.id,
    seq: Number(activity.id.split('|')[1]),
    from: activity.from.role === 'user' ? 'user' : 'bot',
    ...(role === 'agent' && { agent: activity.from.name ?? 'Conseiller' }),
    at: new Date(activity.timestamp),
    text: activity.text ?? '',
    ...(reply && { reply }),
    ...(asks && { asks }),
    choices: activity.suggestedActions?.actions.map((action) => action.title) ?? [],
    pictures: (activity.attachments ?? []).flatMap(({ contentType, contentUrl, name }) =>
      contentUrl && contentType.startsWith('image/') ? [{ name: name ?? '', source: contentUrl }] : [],
    ),
    state: 'sent',
    past,
  };
}
