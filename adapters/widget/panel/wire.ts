/** The part of a Direct Line 3.0 activity that the panel shows. */
export interface Wire {
  id: string;
  type: string;
  /** Of an event: `handoff.status` says who has the conversation. */
  name?: string;
  value?: { status?: string; agent?: string };
  timestamp: string;
  text?: string;
  from: { role: 'user' | 'bot'; name?: string };
  suggestedActions?: { actions: { title: string }[] };
  attachments?: { contentType: string; contentUrl?: string; name?: string }[];
  channelData?: {
    clientActivityID?: string;
    reply?: {
      text: string;
      facts: { title: string; items: { label: string; value: string; missing?: boolean }[] };
      after?: string;
    };
    /** Who speaks from the other side, when it is not the assistant. */
    role?: 'agent';
    /** The detail that the message asks for, by name. */
    asks?: string;
  };
}

/** What a WebSocket frame or an answer to GET /activities holds. */
export interface Frame {
  activities: Wire[];
  watermark: string;
}

/** A message on its way; the same key is the same message, however often it is sent. */
export interface Outgoing {
  key: string;
  text: string;
  files: File[];
  /** The rest of a contact form: its subject, an intent, and where to answer. */
  form?: { intent: string; email: string };
}

/** Why a message could not be sent: nobody answered, or the server refused it. */
export type Failure = 'unreachable' | 'tooMany' | 'tooBig' | 'wrongType' | 'refused';

/** The state of the connection, as the customer is told; `offline` when the device itself has no network. */
export type Link = 'connecting' | 'online' | 'lost' | 'offline';
