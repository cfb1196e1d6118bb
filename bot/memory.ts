import type { DialogState } from 'botbuilder-dialogs';
import type { FormState } from '../dialogs/form.ts';
import { flowOf } from '../dialogs/index.ts';
import type { RemovedKind } from './redaction.ts';

/** A question of the bot itself, outside any form, that waits for its answer. */
export type Pending =
  | { kind: 'cancel' }
  | { kind: 'human' }
  | { kind: 'write' }
  /** "Puis-je faire autre chose pour vous ?" */
  | { kind: 'more' }
  /** "Les 15 minutes sont passées : est-ce que cela fonctionne ?" */
  | { kind: 'callback' }
  /** The form was left open long ago; `text` is what the customer came back with. */
  | { kind: 'resume'; text: string }
  /** A list of subjects was offered; `text` is what the customer had said. */
  | { kind: 'choose'; intents: string[]; text: string };

/** What stands between the customer and the agents' desk. */
export interface DeskMemory {
  /** A talk with a human was offered and waits for its answer; with nobody there, to wait for one. */
  offer?: 'talk' | 'wait';
  /** The talk that is to be rated; with the score once it is given, while a comment is asked for. */
  rating?: { handoffId: string; score?: number };
}

/** What the bot remembers of a conversation between turns. JSON only. */
export interface Memory {
  /** The shape's version; readMemory brings older ones to it. */
  version: 2;
  dialogs: DialogState;
  pending?: Pending;
  /** Messages in a row that were not understood. */
  misunderstood: number;
  /** What redaction took out since the last ticket. */
  removed: RemovedKind[];
  /** The choices of the last answer, so that a bare number chooses one. */
  offered: string[];
  /** Further problems that the customer named, to be treated next, in order. */
  next: { intent: string; text: string }[];
  /** The first ticket of the handoff under way, when several problems make one. */
  handoff?: string;
  /** Details that hold for the next problem too, by slot name. */
  known: Record<string, string>;
  /** When the customer asked to be told that the wait is over, ISO 8601. */
  callback?: string;
  /** The open form's one reminder was sent. */
  reminded?: boolean;
  /** Promises that were recalled already, so that each is recalled once. */
  recalled: string[];
  desk?: DeskMemory;
  /** The customer was asked whether all is really to be erased. */
  asksToErase?: true;
  /** The customer wants no message that answers nothing: no reminder, no news of tickets. */
  quiet?: true;
}

/** What the bot remembers of a conversation that begins. */
export function newMemory(): Memory {
  return {
    version: 2,
    dialogs: { dialogStack: [] },
    misunderstood: 0,
    removed: [],
    offered: [],
    next: [],
    known: {},
    recalled: [],
  };
}

/**
 * The stored state in this release's shape. Version 1 lacks what has a beginning here; open forms are renewed by their
 * dialog (`renewForm`).
 */
export function readMemory(state: unknown): Memory {
  return { ...newMemory(), ...(state as Partial<Memory>), version: 2 };
}

/** The form that is open, by its intent, and what it holds. */
export function openForm({ dialogs }: Memory): { id: string; state: FormState } | undefined {
  const top = dialogs.dialogStack.at(-1);
  return top && flowOf(top.id) ? { id: top.id, state: top.state as FormState } : undefined;
}
