/// <reference lib="dom" />
import type { Session } from './session.ts';
import type { Outgoing } from './wire.ts';

const ROOT = '/v3/directline/conversations';
const REQUEST_MS = 10_000;

/** Direct Line's requests, under the conversation's token. */
export class Requests {
  private readonly server: string;
  private readonly session: Session;

  constructor(server: string, session: Session) {
    this.server = server;
    this.session = session;
  }

  /** @param patience milliseconds. @throws what fetch throws when nobody answers. */
  async send(
    method: 'GET' | 'POST' | 'DELETE',
    path: string,
    body?: string | FormData,
    patience = REQUEST_MS,
  ): Promise<Response> {
    const { token } = await this.session.open();
    const response = await fetch(`${this.server}${ROOT}${path}`, {
      method,
      headers: {
        Authorization: `Bearer ${token}`,
        ...(typeof body === 'string' && { 'Content-Type': 'application/json' }),
      },
      ...(body !== undefined && { body }),
      signal: AbortSignal.timeout(patience),
    });
    if (response.status === 401 || response.status === 403) this.session.refused();
    return response;
  }

  /** A message, with its files as a form. */
  async post({ text, files, form: contact, key }: Outgoing, patience: number): Promise<Response> {
    const { conversationId, notice } = await this.session.open();
    const activity = JSON.stringify({
      type: 'message',
      text,
      ...(contact && { value: { form: contact } }),
      channelData: { clientActivityID: key, notice },
    });
    if (files.length === 0) return this.send('POST', `/${conversationId}/activities`, activity, patience);
    const form = new FormData();
    form.append('activity', activity);
    for (const file of files) form.append('file', file, file.name);
    return this.send('POST', `/${conversationId}/upload`, form, patience);
  }
}
