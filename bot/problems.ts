import { flowOf } from '../dialogs/index.ts';
import type { OpenTurn } from './openTurn.ts';

const JOINTS =
  /(?:[,.;!\n]+|\s+(?:et(?: aussi| puis| en plus)?|puis|en plus|mais aussi|ainsi que|plus)\s+)/iu;
/** "et le livreur" is no clause of its own. */
const SHORTEST_CLAUSE = 3;

/** Whether an intent is a problem that a form treats, not a wish to reach someone. */
export function isProblem(intent: string): boolean {
  return flowOf(intent) !== undefined && intent !== 'support_contact' && intent !== 'human_agent';
}

/**
 * The problems that the clauses of a message name for sure, each once, in their order: "mon colis est perdu et mon
 * paiement est refusé". As a whole such a message resembles neither.
 */
export function problemsIn({ parts }: OpenTurn, text: string): string[] {
  const clauses = text.split(JOINTS).filter((clause) => clause.trim().split(/\s+/).length >= SHORTEST_CLAUSE);
  if (clauses.length < 2) return [];
  const named = clauses.flatMap((clause) => {
    const { intent, action } = parts.classify(clause);
    return action === 'route' && isProblem(intent) ? [intent] : [];
  });
  return [...new Set(named)];
}
