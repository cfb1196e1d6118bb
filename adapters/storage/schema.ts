/**
 * The tables. Instants are ISO 8601 text in UTC and documents are JSON text, so that both engines store the same;
 * texts sort as the instants do.
 */
export interface Tables {
  conversations: {
    id: string;
    channel: string;
    user_id: string;
    created_at: string;
    last_seq: number;
    version: number;
    state: string;
    /** How a channel that pushes reaches it. */
    reach: string | null;
  };
  activities: {
    conversation_id: string;
    seq: number;
    role: 'customer' | 'bot' | 'agent';
    at: string;
    body: string;
  };
  /** One row for each message taken in, so that a resent message finds what it gave. */
  turns: { conversation_id: string; turn_key: string; first_seq: number; last_seq: number };
  uploads: {
    id: string;
    conversation_id: string;
    name: string;
    content_type: string;
    bytes: Uint8Array;
    at: string | null;
  };
  tickets: {
    reference: string;
    conversation_id: string;
    status: 'open' | 'closed';
    created_at: string;
    updated_at: string;
    body: string;
  };
  outbox: {
    id: string;
    kind: string;
    created_at: string;
    payload: string;
    /** Rows of one lane are delivered in the order of `position`. */
    lane: string | null;
    position: number;
    due_at: string;
    attempts: number;
    claimed_until: string | null;
    delivered_at: string | null;
    dead_at: string | null;
    last_error: string | null;
    /** What the other side calls what it got. */
    their_id: string | null;
  };
  timers: {
    timer_key: string;
    kind: string;
    due_at: string;
    payload: string;
    attempts: number;
    claimed_until: string | null;
  };
  agents: {
    id: string;
    email: string;
    name: string;
    password_hash: string;
    role: 'agent' | 'supervisor';
    totp_secret: string | null;
    totp_step: number | null;
    disabled_at: string | null;
  };
  handoffs: {
    id: string;
    conversation_id: string;
    reference: string;
    state: 'queued' | 'accepted' | 'active' | 'returned' | 'closed' | 'expired';
    priority: 'urgent' | 'normal';
    queued_at: string;
    owner_id: string | null;
    owner_name: string | null;
    accepted_at: string | null;
    answered_at: string | null;
    ended_at: string | null;
  };
  notes: {
    id: string;
    conversation_id: string;
    after_seq: number;
    at: string;
    agent_id: string;
    agent_name: string;
    body: string;
  };
  presence: { agent_id: string; status: 'online' | 'away' | 'offline'; seen_at: string };
  ratings: {
    handoff_id: string;
    conversation_id: string;
    score: number;
    comment: string | null;
    at: string;
  };
  misunderstood: {
    id: string;
    conversation_id: string;
    body: string;
    at: string;
    label: string | null;
  };
  sessions: { token_hash: string; agent_id: string; expires_at: string };
  secrets: { name: string; value: string };
  /** Who did what with customers' data, without a word of it. */
  audit: { id: string; at: string; actor: string; action: string; subject: string };
  /** What may be used once, from its use until it would be refused anyway. */
  used_once: { id: string; until: string };
}
