/** From the first instant on, up to and without the second. */
export interface Span {
  from: Date;
  to: Date;
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

export interface TicketQuery {
  status?: 'open' | 'closed';
  /** Only tickets updated at or after this instant. */
  since?: Date;
  /** Opaque: where the previous page ended. */
  cursor?: string;
  /** 1 to 500. */
  limit?: number;
}

export interface TicketSearch extends Partial<Span> {
  /** Found in the reference, the customer's address or a detail, in any case. */
  text?: string;
  intent?: string;
  status?: Ticket['status'];
  limit: number;
  offset?: number;
}
