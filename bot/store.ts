import type { Activity } from 'botbuilder';
import type { AgentRows } from './store/agents.ts';
import type { DeskRows, Handoff, Rating, Records } from './store/desk.ts';
import type { Deliveries, OutboxRow } from './store/outbox.ts';
import type { AuditRows, PrivacyRows } from './store/privacy.ts';
import type { Ticket, TicketQuery } from './store/tickets.ts';
import type { TimerChange, TimerRows } from './store/timers.ts';

export type * from './store/agents.ts';
export type * from './store/desk.ts';
export type * from './store/outbox.ts';
export type * from './store/privacy.ts';
export type * from './store/tickets.ts';
export type * from './store/timers.ts';

/** Who said it. The customer, the assistant, a human agent, or the system (a note that no one said). */
export type Role = 'customer' | 'bot' | 'agent';

export interface StoredActivity {
  conversationId: string;
  /** Place in the conversation: 1, 2, 3… without a gap. */
  seq: number;
  /** Direct Line activity id, made of both. */
  id: string;
  role: Role;
  at: Date;
  activity: Partial<Activity>;
}

/** How a channel that pushes reaches a conversation. */
export interface Reach {
  /** Others read along: a team's channel, a group. */
  shared: boolean;
  /** The other side wants nothing more (it answered 403), until it writes again. */
  refused?: true;
  /** Only the channel reads it. */
  address: unknown;
}

/** What a turn starts from. */
export interface ConversationRecord {
  id: string;
  channel: string;
  userId: string;
  createdAt: Date;
  /** The seq of the last activity; 0 when there is none. */
  lastSeq: number;
  /** Counts the turns committed: the next commit must name it (compare and swap). */
  version: number;
  /** The bot's own state, opaque to the store; the caller's copy, to be changed at will. */
  state: unknown;
  /** Of channels that push. */
  reach?: Reach;
}

/** A picture that a customer sent with a message; the message's activity names it by `upload:<id>`. */
export interface Upload {
  id: string;
  /** Cleaned: no path, no control or direction characters, the extension of what it really is. */
  name: string;
  contentType: string;
  bytes: Uint8Array;
}

/** Everything that a turn writes, in one transaction. */
export interface TurnCommit {
  conversationId: string;
  /** The version that the turn read. */
  version: number;
  /** Idempotency key of the incoming message. Whoever commits has seen that it is new, after reading the version. */
  key?: string;
  /** A second key, for channels that resend a message under another id. */
  alsoKey?: string;
  /** All that was said and done before is erased, at the customer's wish; the conversation goes on, empty. */
  forget?: true;
  /** In order; the store gives them the next sequence numbers. */
  activities: readonly Omit<StoredActivity, 'seq' | 'id' | 'conversationId'>[];
  /** Texts of earlier activities that redaction recognised late. */
  rewritten: readonly { seq: number; text: string }[];
  /** The files of the customer's message. */
  uploads?: readonly Upload[];
  /** The bot's new state; without one it stays as it is. */
  state?: unknown;
  tickets: readonly Ticket[];
  outbox: readonly OutboxRow[];
  timers?: readonly TimerChange[];
  /** Tickets that were there already, as they are now. */
  updatedTickets?: readonly Ticket[];
  /** The conversation's handoff, new or moved on. */
  handoff?: Handoff;
  ratings?: readonly Rating[];
  /** Messages that the bot did not understand, by their place. */
  misunderstood?: readonly { seq: number; text: string; at: Date }[];
}

/**
 * `committed`: written whole. `conflict`: another turn was committed since the state was read; run again.
 */
export type CommitResult = { outcome: 'committed'; activities: StoredActivity[] } | { outcome: 'conflict' };

/**
 * What must be kept, as named questions. Two engines answer them, SQLite and PostgreSQL, and one contract suite,
 * tests/storeContract.ts, holds both to the same answers.
 */
export interface Store {
  /** Creates the conversation unless it exists. */
  openConversation(conversation: {
    id: string;
    channel: string;
    userId: string;
    now: Date;
    reach?: Reach;
  }): Promise<{ created: boolean }>;
  setReach(conversationId: string, reach: Reach): Promise<void>;
  conversation(id: string): Promise<ConversationRecord | undefined>;
  /** Activities after `watermark` in order, at most `limit`. */
  activities(conversationId: string, watermark?: number, limit?: number): Promise<StoredActivity[]>;
  /** The last `count` activities in order. */
  lastActivities(conversationId: string, count: number): Promise<StoredActivity[]>;
  /** What a message with this key was stored as, with its answers; undefined when the key is new. */
  answeredBefore(conversationId: string, key: string): Promise<StoredActivity[] | undefined>;
  commitTurn(commit: TurnCommit): Promise<CommitResult>;
  /** A file with the conversation it belongs to. */
  upload(id: string): Promise<(Upload & { conversationId: string }) | undefined>;
  /** Erases a conversation with its files, tickets and what waits in the outbox for those; nothing of it stays in the file. */
  eraseConversation(id: string): Promise<void>;

  ticket(reference: string): Promise<Ticket | undefined>;
  tickets(query: TicketQuery): Promise<{ tickets: Ticket[]; nextCursor?: string }>;
  ticketsOf(conversationId: string): Promise<Ticket[]>;
  /** The tickets of all conversations of one customer, the oldest first. */
  ticketsOfCustomer(userId: string): Promise<Ticket[]>;
  /** What waits to be delivered, the oldest first. */
  outbox(limit: number): Promise<OutboxRow[]>;
  readonly deliveries: Deliveries;
  readonly timers: TimerRows;
  readonly desk: DeskRows;
  readonly records: Records;
  readonly agents: AgentRows;
  readonly privacy: PrivacyRows;
  readonly audit: AuditRows;

  /** A secret of the installation (signing key), made once by `create` and then kept. */
  secret(name: string, create: () => string): Promise<string>;
  /** Writes as much as a turn does. @throws whatever keeps the database from being written: it is full, or out of reach. */
  checkWritable(): Promise<void>;
  /**
   * Takes something that may be used once; it is kept until `until`, when it would be refused anyway.
   * @returns false when it was used before, in whichever process.
   */
  useOnce(id: string, times: { now: Date; until: Date }): Promise<boolean>;
  close(): Promise<void>;
}
