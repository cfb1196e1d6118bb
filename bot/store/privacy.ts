import type { Upload } from '../store.ts';

/** Whose data an operator asks for: a conversation, a user id (of the channel or of the shop), or an e-mail address. */
export type DataSubject = { conversation: string } | { user: string } | { email: string };

/** A conversation as it was read: what is done to it is done only while nobody has written to it since. */
export interface ConversationVersion {
  id: string;
  version: number;
}

/** How long what is kept, counted back from now. */
export interface Cutoffs {
  /** Conversations without ticket whose last message is older. */
  chats: Date;
  /** Conversations whose tickets were all closed, and whose last message was written, before. */
  tickets: Date;
}

/** What is asked of the store for a customer's rights and for retention. */
export interface PrivacyRows {
  /** The conversations of a customer, the oldest first. */
  conversationsOf(subject: DataSubject): Promise<string[]>;
  /** Conversations of others in which somebody wrote this address. */
  mentionsOf(email: string): Promise<string[]>;
  uploadsOf(conversationId: string): Promise<Upload[]>;
  /** Sentences of the conversation that wait to be labelled, or are. */
  sentencesOf(conversationId: string): Promise<string[]>;
  /** Conversations whose time has run out; those with a talk under way or an open ticket are never among them. */
  overdue(cutoffs: Cutoffs, limit: number): Promise<ConversationVersion[]>;
  /** @returns false when somebody wrote to it meanwhile; then nothing was erased. */
  eraseIfUnchanged(conversation: ConversationVersion): Promise<boolean>;
  /** Takes the files sent before `before` out; the messages that they came with stay. @returns how many, at most `limit` */
  eraseUploads(before: Date, limit: number): Promise<number>;
  /** What was erased is in no file of the database any more. @returns false when a reader held it back: to be tried again */
  sweep(): Promise<boolean>;
}

export type AuditAction = 'signed_in' | 'viewed' | 'exported' | 'erased' | 'expired' | 'account_changed';

/** Who did what with customers' data. No word of a conversation: a subject is a reference, an id, or a count. */
export interface AuditEntry {
  at: Date;
  /** An agent's id, "customer", "retention", or "operator:" with the name of the system's user. */
  actor: string;
  action: AuditAction;
  /** Such as "ticket SUP-4T7K2M", "conversation <id>", "3 conversations". */
  subject: string;
}

export interface AuditRows {
  add(entry: AuditEntry): Promise<void>;
  /** The newest first. */
  latest(limit: number): Promise<AuditEntry[]>;
  forget(before: Date): Promise<void>;
}
