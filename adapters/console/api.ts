/// <reference lib="dom" />

/* What the agents' page reads; the shapes are those of adapters/ticketView.ts. */

export interface Summary {
  reference: string;
  subject: string;
  section: number;
  status: 'open' | 'closed';
  priority: 'urgent' | 'normal';
  channel: string;
  customerEmail?: string;
  createdAt: string;
  missing: string[];
}

export interface Whole extends Summary {
  removed?: string;
  advice: string[];
  details: {
    name: string;
    label: string;
    shown?: string;
    provided: boolean;
    source?: 'asked' | 'spotted' | 'corrected';
  }[];
  promises: { kind: string; text: string; from?: string; dueAt: string }[];
  transcript: {
    seq: number;
    at: string;
    from: 'customer' | 'bot' | 'agent';
    text: string;
    choices?: string[];
  }[];
}

/** The server's own words for what went wrong, and its status. */
export class ApiError extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

export async function ask<T>(method: string, path: string, body?: unknown): Promise<T> {
  const response = await fetch(`/console/api/${path}`, {
    method,
    ...(body !== undefined && {
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    }),
  });
  const text = await response.text();
  const read = (text ? JSON.parse(text) : {}) as T & { error?: { message: string } };
  if (!response.ok) throw new ApiError(response.status, read.error?.message ?? 'Le serveur ne répond pas.');
  return read;
}
