/// <reference lib="dom" />

/* What the page reads from /console/api; the shapes are those of adapters/ticketView.ts. Instants are ISO 8601, UTC. */

export interface Agent {
  name: string;
  role: 'agent' | 'supervisor';
}

export type Status = 'open' | 'closed';

export interface Summary {
  reference: string;
  subject: string;
  section: number;
  status: Status;
  priority: 'urgent' | 'normal';
  channel: string;
  customerEmail?: string;
  createdAt: string;
  /** Labels of the required details that the customer did not give. */
  missing: string[];
}

export interface Listed {
  now: string;
  /** How many there are; `tickets` holds the first 1,000 of them. */
  total: number;
  tickets: Summary[];
}

export interface Detail {
  name: string;
  label: string;
  shown?: string;
  required: boolean;
  provided: boolean;
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
  from: 'customer' | 'bot' | 'agent';
  text: string;
  choices?: string[];
  /** Pictures that came with the message; read under /console/api/files/. */
  files?: { id: string; name: string }[];
}

export interface Whole extends Summary {
  now: string;
  /** What redaction took out, in words. */
  removed?: string;
  advice: string[];
  details: Detail[];
  promises: Promised[];
  transcript: Line[];
}

/** What went wrong, in words for the agent; `status` is 0 when no answer came. */
export class ApiError extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** @throws ApiError for every answer but a success, and for none. */
export async function ask<T>(method: 'GET' | 'POST' | 'DELETE', path: string, body?: unknown): Promise<T> {
  const request = {
    method,
    ...(body !== undefined && {
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
  const read = (text ? JSON.parse(text) : {}) as T & { error?: { message: string } };
  if (!response.ok) throw new ApiError(response.status, read.error?.message ?? 'La demande a été refusée.');
  return read;
}
