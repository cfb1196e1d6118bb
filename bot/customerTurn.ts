import type { Activity } from 'botbuilder';
import { joinReplies, type Reply } from '../dialogs/reply.ts';
import type { ContactForm } from './contactForm.ts';
import { BOT } from './envelope.ts';
import { newMemory, readMemory } from './memory.ts';
import { HISTORY_LINES, redact } from './redaction.ts';
import { isClientId, redactStrings } from './redactActivity.ts';
import { forgetInTickets, redactSaid } from './redactSaid.ts';
import { renderReply } from './render.ts';
import type {
  ConversationRecord,
  Handoff,
  OutboxRow,
  Rating,
  Ticket,
  TimerChange,
  TurnCommit,
  Upload,
} from './store.ts';
import { texts } from './texts.ts';
import type { Change, TurnParts } from './turn.ts';
import type { TurnWatch } from './turnReport.ts';

/** What a channel hands over: a message in its conversation, checked and of bounded size, or the conversation's start; or a timer that is due. */
export interface Incoming {
  conversationId: string;
  kind: 'message' | 'start' | 'timer';
  from: { id: string; name?: string };
  /** What was said; of a timer, its kind. */
  text: string;
  /** The text was longer than a message may be, and is its beginning. */
  cut?: boolean;
  channelData?: Record<string, unknown>;
  /** Who it is, when the shop vouches for it. */
  customer?: { id: string; name?: string; email?: string };
  /** The message is a contact form: text and all that is asked at once. */
  form?: ContactForm;
  /** Files that came with the message, of a known type and bounded size. */
  uploads?: readonly Upload[];
  /** Idempotency key: the same key is the same message, however often it comes. */
  key?: string;
  /** A second key of the message, for channels that resend it under another id. */
  alsoKey?: string;
}

/** What the bot may cause besides replies. All of it is written in the turn's one commit. */
export interface Effects {
  tickets: Ticket[];
  updatedTickets: Ticket[];
  outbox: OutboxRow[];
  timers: TimerChange[];
  /** Written between the customer's message and the answer. */
  events: Entry[];
  handoff?: Handoff;
  ratings: Rating[];
  /** The message taught nothing: agents may label it. */
  notUnderstood?: true;
  /** The customer wants all that was said and done before erased, and confirmed it. */
  forget?: true;
  /** A human is talking: even what is said of itself is not said. */
  silent?: true;
}

function noEffects(): Effects {
  return { tickets: [], updatedTickets: [], outbox: [], timers: [], events: [], ratings: [] };
}

type Entry = TurnCommit['activities'][number];

/**
 * What a message, a start or a timer changes in its conversation: it is redacted, the bot runs and is only listened to.
 * Nothing is written here; a turn that lost a race to another process is made again.
 */
export async function customerTurn(
  parts: Pick<TurnParts, 'store' | 'bot' | 'now' | 'log'>,
  incoming: Incoming,
  conversation: ConversationRecord,
  turn: TurnWatch,
): Promise<Change> {
  const { store, bot, now, log } = parts;
  const at = now();
  const history = await store.lastActivities(conversation.id, HISTORY_LINES);
  turn.begin('redact');
  const redaction = redactSaid(incoming.text, 'customer', history);
  turn.removed = redaction.removed;
  const { rewritten } = redaction;
  const uploads = incoming.uploads?.map((file) => ({ ...file, name: redact(file.name).text }));

  const said: Reply[] = [];
  let effects = noEffects();
  const memory = redaction.forget(readMemory(conversation.state));
  memory.removed.push(...redaction.removed);
  if (incoming.customer?.email !== undefined) memory.known['email'] ??= incoming.customer.email;
  if (incoming.cut) said.push({ text: texts.cut });
  if (redaction.removed.length > 0) said.push({ text: texts.removed(redaction.removed) });
  const customer = customerActivity(
    { ...incoming, ...(uploads && { uploads }) },
    redaction.text,
    conversation,
    at,
  );
  turn.begin('bot');
  turn.apologised = false;
  try {
    const heard = history.findLast(({ role }) => role === 'customer');
    await bot.run({
      activity: customer,
      conversation,
      now: at,
      memory,
      effects,
      ...(heard && { lastHeard: { at: heard.at, text: heard.activity.text ?? '' } }),
      say: (reply) => said.push(reply),
    });
    if (incoming.uploads?.length && !effects.silent)
      said.unshift({ text: texts.filesReceived(incoming.uploads.length) });
  } catch (error) {
    log.error({ ...turn.ids, err: error }, 'the bot failed on a turn; the customer got an apology');
    // A timer that failed says nothing, and is acted on again; the customer did nothing to be answered.
    if (incoming.kind === 'timer') throw error;
    turn.apologised = true;
    said.splice(0, said.length, texts.apology);
    effects = noEffects();
  }

  const reply = joinReplies(said);
  const activities: Entry[] = [
    ...(incoming.kind === 'message' ? [{ role: 'customer' as const, at, activity: customer }] : []),
    ...effects.events,
    ...(reply ? [{ role: 'bot' as const, at, activity: renderReply(reply, conversation, at) }] : []),
  ];
  const key = incoming.key !== undefined && { key: incoming.key };
  // Of this turn only what is said in it stays; that there was a wish is noted, without a word of what went.
  if (effects.forget) return { ...key, forget: true, activities, state: newMemory() };
  return {
    ...key,
    ...(incoming.alsoKey !== undefined && { alsoKey: incoming.alsoKey }),
    activities,
    rewritten,
    ...(uploads && { uploads }),
    // A turn that failed leaves the bot's memory as it was.
    ...(!turn.apologised && { state: memory }),
    tickets: effects.tickets,
    updatedTickets: [...(await forgetInTickets(store, conversation, redaction)), ...effects.updatedTickets],
    outbox: effects.outbox,
    timers: effects.timers,
    ratings: effects.ratings,
    ...(effects.handoff && { handoff: effects.handoff }),
    ...(effects.notUnderstood && {
      misunderstood: [{ seq: conversation.lastSeq + 1, text: redaction.text, at }],
    }),
  };
}

const ACTIVITY_TYPES = { message: 'message', start: 'conversationUpdate', timer: 'event' } as const;

/** What a client noted on its message. Its own id comes back as it was, for the client finds its message again by it. */
function noted({ channelData, customer }: Incoming): Record<string, unknown> {
  const { clientActivityID: id, ...others } = channelData ?? {};
  const own = typeof id === 'string' && isClientId(id);
  return {
    ...redactStrings({
      ...others,
      ...(id !== undefined && !own && { clientActivityID: id }),
      // Who the customer is, only the shop can say: what a client claims of it is overwritten.
      ...((customer ?? 'customer' in others) && { customer }),
    }),
    ...(own && { clientActivityID: id }),
  };
}

function customerActivity(
  incoming: Incoming,
  text: string,
  conversation: ConversationRecord,
  at: Date,
): Partial<Activity> {
  return {
    type: ACTIVITY_TYPES[incoming.kind],
    ...(incoming.kind === 'timer' && { name: incoming.text }),
    channelId: conversation.channel,
    conversation: { id: conversation.id } as Activity['conversation'],
    from: { id: incoming.from.id, name: redact(incoming.from.name ?? '').text, role: 'user' },
    recipient: BOT,
    timestamp: at,
    locale: 'fr-FR',
    text,
    ...(incoming.uploads?.length && {
      attachments: incoming.uploads.map(({ id, name, contentType }) => ({
        contentType,
        name,
        contentUrl: `upload:${id}`,
      })),
    }),
    ...(incoming.form && { value: { form: redactStrings(incoming.form) } }),
    ...((incoming.channelData || incoming.customer) && { channelData: noted(incoming) }),
  };
}
