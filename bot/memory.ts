import type { DialogState } from 'botbuilder-dialogs';
import type { RemovedKind } from './redaction.ts';

/** A question of the bot itself, outside any form, that waits for its answer. */
export type Pending =
  | { kind: 'cancel' }
  | { kind: 'human' }
  | { kind: 'write' }
  /** A list of subjects was offered; `text` is what the customer had said. */
  | { kind: 'choose'; intents: string[]; text: string };

/** What the bot remembers of a conversation between turns. JSON only. */
export interface Memory {
  /** The shape's version; readMemory brings older ones to it. */
  version: 1;
  dialogs: DialogState;
  pending?: Pending;
  /** Messages in a row that were not understood. */
  misunderstood: number;
  /** What redaction took out since the last ticket. */
  removed: RemovedKind[];
}

export function newMemory(): Memory {
  return { version: 1, dialogs: { dialogStack: [] }, misunderstood: 0, removed: [] };
}

/** The stored state, completed with what it lacks; a copy, so that a failed turn leaves the stored one as it was. */
export function readMemory(state: unknown): Memory {
  return { ...newMemory(), ...structuredClone(state as Partial<Memory>) };
}
