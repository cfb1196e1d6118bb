import type { Person, Span, Ticket, TicketSearch } from './tickets.ts';

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

/** What the desk keeps besides conversations: which wait or talk, who is there, what agents tell one another. */
export interface DeskRows {
  /** The handoff of a conversation that has not ended. */
  live(conversationId: string): Promise<Handoff | undefined>;
  /** All that have not ended, in the order in which they are to be taken. */
  allLive(): Promise<Handoff[]>;
  handoff(id: string): Promise<Handoff | undefined>;
  addNote(note: Note): Promise<void>;
  notes(conversationId: string): Promise<Note[]>;
  setPresence(agentId: string, status: PresenceStatus, now: Date): Promise<void>;
  /** Keeps the agent's status, and notes that they are still there. */
  seen(agentId: string, now: Date): Promise<void>;
  /** Every agent who may sign in, with what is known of their presence. */
  presences(): Promise<Presence[]>;
}

/** What supervisors look back on. */
export interface Records {
  /** Handoffs that were queued in the span. */
  handoffs(span: Span): Promise<Handoff[]>;
  ratings(span: Span): Promise<Rating[]>;
  searchTickets(query: TicketSearch): Promise<{ tickets: Ticket[]; total: number }>;
  /** For each conversation begun in the span: when, and whether its customer wrote. */
  conversations(span: Span): Promise<{ id: string; createdAt: Date; wrote: boolean }[]>;
  /** Sentences that were not understood, the newest first. */
  misunderstood(query: { labelled: boolean; limit: number }): Promise<Misunderstood[]>;
  /** @returns false when there is no such sentence. */
  label(id: string, label: string | undefined): Promise<boolean>;
}
