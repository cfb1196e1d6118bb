/** The part of a Direct Line 3.0 activity that the panel shows. */
export interface Wire {
  id: string;
  type: string;
  timestamp: string;
  text?: string;
  from: { role: 'user' | 'bot' };
  suggestedActions?: { actions: { title: string }[] };
  channelData?: {
    clientActivityID?: string;
    reply?: {
      text: string;
      facts: { title: string; items: { label: string; value: string; missing?: boolean }[] };
      after?: string;
    };
  };
}

/** What a WebSocket frame or an answer to GET /activities holds. */
export interface Frame {
  activities: Wire[];
  watermark: string;
}

/** The state of the connection, as the customer is told. */
export type Link = 'connecting' | 'online' | 'offline';
