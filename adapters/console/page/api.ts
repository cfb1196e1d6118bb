/// <reference lib="dom" />
import type { Statistics as Figures } from '../../../bot/statistics.ts';

/* What the page reads from /console/api; the shapes are those of adapters/ticketView.ts and adapters/console. Instants are
   ISO 8601, UTC. */

export interface Agent {
  id: string;
  name: string;
  email: string;
  role: 'agent' | 'supervisor';
  secondFactor: boolean;
}

export type Status = 'open' | 'closed';

export interface Talk {
  state: 'queued' | 'accepted' | 'active';
  queuedAt: string;
  owner?: { id: string; name: string };
  /** While it waits: 1 is the next. */
  place?: number;
}

export interface Summary {
  reference: string;
  subject: string;
  section: number;
  status: Status;
  priority: 'urgent' | 'normal';
  channel: string;
  customerEmail?: string;
  assignee?: string;
  createdAt: string;
  /** Labels of the required details that the customer did not give. */
  missing: string[];
}

export interface Queued extends Summary {
  dueAt: string;
  outOfHours: boolean;
  handoff?: Talk;
}

export interface Listed {
  now: string;
  /** Whether the support is open. */
  open: boolean;
  /** How many there are; `tickets` holds the first 1,000 of them. */
  total: number;
  /** Customers who wait for a talk. */
  waiting: number;
  present: { id: string; name: string }[];
  tickets: Queued[];
}

export interface Found {
  now: string;
  total: number;
  tickets: Summary[];
}

export interface Detail {
  name: string;
  label: string;
  shown?: string;
  required: boolean;
  provided: boolean;
  givenBy: 'customer' | 'bot';
  source?: 'asked' | 'spotted' | 'corrected';
}

export interface Promised {
  kind: string;
  text: string;
  dueAt: string;
}

export interface Line {
  seq: number;
  at: string;
  from: 'customer' | 'bot' | 'agent' | 'system';
  /** The agent's. */
  name?: string;
  text: string;
  choices?: string[];
  /** Pictures that came with the message; read under /console/api/files/. */
  files?: { id: string; name: string }[];
}

export interface Note {
  id: string;
  /** The place of the last message before it. */
  afterSeq: number;
  at: string;
  agent: string;
  text: string;
}

export interface Whole extends Summary {
  now: string;
  conversationId: string;
  lastSeq: number;
  linked: string[];
  /** Who the shop says the customer is. */
  customer?: { id: string; name?: string };
  /** What redaction took out, in words. */
  removed?: string;
  resolution?: string;
  advice: string[];
  details: Detail[];
  promises: Promised[];
  transcript: Line[];
  notes: Note[];
  handoff?: Talk;
  agents: { id: string; name: string; present: boolean }[];
}

/** The figures of a span, with its days. */
export interface Statistics extends Figures {
  from: string;
  to: string;
}

/** What went wrong, in words for the agent; `status` is 0 when no answer came. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  /** The messages that a stale reply had not seen. */
  readonly newer: Line[];

  constructor(status: number, message: string, code = '', newer: Line[] = []) {
    super(message);
    this.status = status;
    this.code = code;
    this.newer = newer;
  }
}

/** @throws ApiError for every answer but a success, and for none. */
export async function ask<T>(method: 'GET' | 'POST' | 'DELETE', path: string, body?: unknown): Promise<T> {
  const request = {
    method,
    // A form says its own type.
    ...(body instanceof FormData
      ? { body }
      : body !== undefined && {
          headers: { 'Content-Type': 'application/json' },
          body: JSON.stringify(body),
        }),
  };
  const response = await fetch(`/console/api/${path}`, request).catch(() => undefined);
  // Of a fault inside, or of a proxy before the server, the body says nothing that an agent could use.
  if (!response || response.status >= 500) {
    throw new ApiError(response?.status ?? 0, 'Le serveur ne répond pas. Réessayez dans un instant.');
  }
  const text = await response.text();
  const read = (text ? JSON.parse(text) : {}) as T & {
    error?: { message: string; code: string };
    newer?: Line[];
  };
  if (response.ok) return read;
  // A field's name comes before the sentence of a form's error; agents need the sentence.
  const message = (read.error?.message ?? 'La demande a été refusée.').replace(/^[\w.]+: /, '');
  throw new ApiError(response.status, message, read.error?.code, read.newer);
}
