import type { Activity } from 'botbuilder';

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
  /** The bot's own state, opaque to the store. */
  state: unknown;
  /** Of channels that push. */
  reach?: Reach;
}

export interface TicketDetail {
  name: string;
  label: string;
  /** Undefined when the customer could not or would not say. */
  value?: string;
  /** The value as shown on the recap. */
  shown?: string;
  required: boolean;
  /** `bot`: worked out from what the customer said. */
  givenBy: 'customer' | 'bot';
  /** How it came: answered to its question, found in another message, or corrected later. */
  source?: 'asked' | 'spotted' | 'corrected';
}

export interface TicketPromise {
  kind: string;
  text: string;
  dueAt: Date;
  from?: Date;
}

export interface Ticket {
  reference: string;
  /** The first ticket of the same handoff, when it is another: several problems of one customer go to one agent. */
  linkedTo?: string;
  conversationId: string;
  channel: string;
  intent: string;
  section: number;
  subject: string;
  status: 'open' | 'closed';
  priority: 'urgent' | 'normal';
  createdAt: Date;
  updatedAt: Date;
  customerEmail?: string;
  /** A line for agents on what redaction took out: "1 donnée bancaire retirée". */
  removed?: string;
  advice: readonly string[];
  details: readonly TicketDetail[];
  promises: readonly TicketPromise[];
  /** The agent who looks after it. */
  assignee?: Person;
  /** What was settled, in the agent's words; of a closed ticket. */
  resolution?: string;
  closedAt?: Date;
}

/** An agent, as the others and customers know them. */
export interface Person {
  id: string;
  name: string;
}

export type HandoffState = 'queued' | 'accepted' | 'active' | 'returned' | 'closed' | 'expired';

/** One passage of a conversation to humans; bot/handoff.ts says how it may move. */
export interface Handoff {
  id: string;
  conversationId: string;
  /** The ticket that it is about. */
  reference: string;
  state: HandoffState;
  priority: Ticket['priority'];
  queuedAt: Date;
  owner?: Person;
  acceptedAt?: Date;
  /** When an agent first spoke. */
  answeredAt?: Date;
  endedAt?: Date;
}

/** What a customer thought of a talk with an agent. */
export interface Rating {
  handoffId: string;
  conversationId: string;
  /** 1 to 5. */
  score: number;
  comment?: string;
  at: Date;
}

/** A sentence that the bot did not understand, for agents to label. */
export interface Misunderstood {
  id: string;
  conversationId: string;
  text: string;
  at: Date;
  /** The intent that an agent gave it; "ignore" for what teaches nothing. */
  label?: string;
}

export type PresenceStatus = 'online' | 'away' | 'offline';

export interface Presence extends Person {
  status: PresenceStatus;
  seenAt: Date;
}

/** Something to deliver to the outside once the turn is committed; at least once, with a stable id. */
export interface OutboxRow {
  id: string;
  /** Which deliverer takes it: "support_email"… */
  kind: string;
  payload: unknown;
  createdAt: Date;
  /** Rows of one lane leave one after the other, in the order of their writing; those without a lane do not wait. */
  lane?: string;
}

/** A row that is being delivered. */
export interface ClaimedRow extends OutboxRow {
  /** Deliveries tried before this one. */
  attempts: number;
}

/** A row that was given up, for a supervisor to look at and send again. */
export interface DeadLetter extends ClaimedRow {
  deadAt: Date;
  reason: string;
}

/**
 * How a delivery ended; `next` are rows that it gives rise to, written with its mark; `theirId` is what the other side
 * calls what it got.
 */
export type Settlement =
  | { outcome: 'delivered'; at: Date; next: readonly OutboxRow[]; theirId?: string }
  | { outcome: 'later'; dueAt: Date; reason: string }
  | { outcome: 'dead'; at: Date; reason: string };

/** The rows of one kind that the outside has not got. */
export interface Backlog {
  kind: string;
  waiting: number;
  /** When the oldest one that waits was written. */
  oldest?: Date;
  /** Dead letters. */
  dead: number;
}

/** The rows of the outbox, as those who deliver them see them. */
export interface Deliveries {
  /**
   * Rows of this kind whose time has come, the oldest first, for this caller alone until `until`. A row whose lane
   * has an earlier one still to be delivered is not among them.
   */
  claim(kind: string, claim: { now: Date; until: Date; limit: number }): Promise<ClaimedRow[]>;
  settle(id: string, settlement: Settlement): Promise<void>;
  /** What the other side calls what it got by this row; undefined for rows not delivered, or forgotten. */
  theirId(id: string): Promise<string | undefined>;
  /** What waits and what was given up, by kind; kinds of which there is neither are left out. */
  backlog(): Promise<Backlog[]>;
  /** The newest first. */
  dead(limit: number): Promise<DeadLetter[]>;
  /** @returns false when there is no such dead letter. */
  sendAgain(id: string, now: Date): Promise<boolean>;
  /** Forgets what was delivered before this instant. */
  forgetDelivered(before: Date): Promise<void>;
}

/** Something to do at a time, once; a timer set again under its key takes the place of the one before. */
export interface Timer {
  /** Names what it is for, such as "idle:<conversation>". */
  key: string;
  /** Who acts on it. */
  kind: string;
  dueAt: Date;
  payload: unknown;
}

export type TimerChange = Timer | { key: string; cancel: true };

export interface ClaimedTimer extends Timer {
  attempts: number;
}

/** The timers, as the clockwork sees them. Turns set and cancel them in their commit. */
export interface TimerRows {
  change(changes: readonly TimerChange[]): Promise<void>;
  claim(claim: { now: Date; until: Date; limit: number }): Promise<ClaimedTimer[]>;
  /** Forgets a timer that was acted on, unless it has been set anew since. */
  done(timer: Timer): Promise<void>;
  later(timer: Timer, dueAt: Date): Promise<void>;
  all(limit: number): Promise<Timer[]>;
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
  /** Idempotency key of the incoming message, unique within the conversation. */
  key?: string;
  /** A second key, for channels that resend a message under another id. */
  alsoKey?: string;
  /** In order; the store gives them the next sequence numbers. */
  activities: readonly Omit<StoredActivity, 'seq' | 'id' | 'conversationId'>[];
  /** Texts of earlier activities that redaction recognised late. */
  rewritten: readonly { seq: number; text: string }[];
  /** The files of the customer's message. */
  uploads?: readonly Upload[];
  state: unknown;
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
 * `duplicate`: the message's key is known; nothing was written, here is what it gave the first time.
 */
export type CommitResult =
  | { outcome: 'committed'; activities: StoredActivity[] }
  | { outcome: 'conflict' }
  | { outcome: 'duplicate'; activities: StoredActivity[] };

export interface TicketQuery {
  status?: 'open' | 'closed';
  /** Only tickets updated at or after this instant. */
  since?: Date;
  /** Opaque: where the previous page ended. */
  cursor?: string;
  /** 1 to 100. */
  limit?: number;
}

/** What an agent writes for other agents; no channel, e-mail to customers or export to them carries it. */
export interface Note {
  id: string;
  conversationId: string;
  /** The place of the last message when it was taken. */
  afterSeq: number;
  at: Date;
  agentId: string;
  agentName: string;
  text: string;
}

export interface AgentRecord {
  id: string;
  email: string;
  name: string;
  passwordHash: string;
  role: 'agent' | 'supervisor';
  /** Base32; there when the agent signs in with a code too. */
  totpSecret?: string;
  /** The step of the last code that was taken: none is taken twice. */
  totpStep?: number;
  /** Since when the agent may not sign in any more. */
  disabledAt?: Date;
}

/** What the desk keeps besides conversations: who is there, what agents tell one another, what to learn from. */
export interface DeskRows {
  /** The handoff of a conversation that has not ended. */
  live(conversationId: string): Promise<Handoff | undefined>;
  /** All that have not ended, in the order in which they are to be taken. */
  allLive(): Promise<Handoff[]>;
  handoff(id: string): Promise<Handoff | undefined>;
  handoffs(span: Span): Promise<Handoff[]>;
  addNote(note: Note): Promise<void>;
  notes(conversationId: string): Promise<Note[]>;
  setPresence(agentId: string, status: PresenceStatus, now: Date): Promise<void>;
  /** Keeps the agent's status, and notes that they are still there. */
  seen(agentId: string, now: Date): Promise<void>;
  /** Every agent who may sign in, with what is known of their presence. */
  presences(): Promise<Presence[]>;
  ratings(span: Span): Promise<Rating[]>;
  misunderstood(query: { labelled: boolean; limit: number }): Promise<Misunderstood[]>;
  /** @returns false when there is no such sentence. */
  label(id: string, label: string | undefined): Promise<boolean>;
  agents(): Promise<AgentRecord[]>;
  agent(id: string): Promise<AgentRecord | undefined>;
  updateAgent(agent: AgentRecord): Promise<void>;
  closeSessionsOf(agentId: string, exceptTokenHash?: string): Promise<void>;
  searchTickets(query: TicketSearch): Promise<{ tickets: Ticket[]; total: number }>;
  /** For each conversation begun in the span: when, and whether its customer wrote. */
  conversations(span: Span): Promise<{ id: string; createdAt: Date; wrote: boolean }[]>;
}

/** From the first instant on, up to and without the second. */
export interface Span {
  from: Date;
  to: Date;
}

export interface TicketSearch extends Partial<Span> {
  /** Found in the reference, the customer's address or a detail, in any case. */
  text?: string;
  intent?: string;
  status?: Ticket['status'];
  limit: number;
  offset?: number;
}

/**
 * What must be kept, as named questions. Two engines answer them (SQLite; PostgreSQL is to come) and one contract
 * suite, tests/storeContract.ts, holds both to the same answers.
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

  agentByEmail(email: string): Promise<AgentRecord | undefined>;
  countAgents(): Promise<number>;
  addAgent(agent: AgentRecord): Promise<void>;
  setAgentPassword(id: string, passwordHash: string): Promise<void>;
  openSession(session: { tokenHash: string; agentId: string; expiresAt: Date }): Promise<void>;
  /** The agent of a session that has not expired. */
  sessionAgent(tokenHash: string, now: Date): Promise<AgentRecord | undefined>;
  closeSession(tokenHash: string): Promise<void>;

  /** A secret of the installation (signing key), made once by `create` and then kept. */
  secret(name: string, create: () => string): Promise<string>;
  /** Writes a row as it is. @throws whatever keeps the database from being written: it is full, or out of reach. */
  checkWritable(): Promise<void>;
  close(): Promise<void>;
}
