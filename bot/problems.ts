import { flowOf } from '../dialogs/index.ts';
import { clausesOf } from '../knowledge/classifier/clauses.ts';
import type { OpenTurn } from './openTurn.ts';

/** Whether an intent is a problem that a form treats, not a wish to reach someone. */
export function isProblem(intent: string): boolean {
  return flowOf(intent) !== undefined && intent !== 'support_contact' && intent !== 'human_agent';
}

/**
 * The problems that the clauses of a message name for sure, each once, in their order: "mon colis est perdu et mon
 * paiement est refusé". As a whole such a message resembles neither.
 */
export function problemsIn({ parts }: OpenTurn, text: string): string[] {
  const named = clausesOf(text).flatMap((clause) => {
    const { intent, action } = parts.classify(clause);
    return action === 'route' && isProblem(intent) ? [intent] : [];
  });
  return [...new Set(named)];
}
