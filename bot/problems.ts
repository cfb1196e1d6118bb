import { fold } from '../dialogs/french.ts';
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

const NAMED: Readonly<Record<string, RegExp>> = {
  account_access: /compte|mot de passe|\bmdp\b|\bacces\b|reinitialis/,
  login_trouble: /connect|connexion|identifi|mot de passe|\bmdp\b|compte|login/,
  display_bug: /page|bouton|affich|\bsite\b|formulaire|ecran|image|menu/,
  slowness: /lent|\bram[eé]|\bsite\b|charg|page/,
  payment_error: /carte|paiement|paye|debit|banque|\bcb\b|paypal/,
  lost_parcel: /colis|livr|commande|paquet|suivi/,
  suspicious_activity: /compte|pirat|hack|fraud|connexion|connecte|suspect|mot de passe|arnaque/,
};

/**
 * Whether a text has a word of the problem it is taken for. Said in answer to a question, "je l'ai jeté" or "je suis sur
 * iPhone" resembles problems that it does not name.
 */
export function namesProblem(intent: string, text: string): boolean {
  return NAMED[intent]?.test(fold(text.replace(/https?:\S+/g, ' '))) ?? false;
}

/** Said to be another problem, and named: a guess is enough. */
const LIKELY = 0.3;
const MORE =
  /\b(?:en plus|aussi|egalement|par ailleurs|(?:deux|2|plusieurs) (?:problemes?|soucis?|pb|choses))\b/;

/** The other problem that a message adds to `first` in so many words: "et en plus mon colis est perdu". */
export function problemAdded(turn: OpenTurn, first: string, text: string): string | undefined {
  if (!MORE.test(fold(text))) return undefined;
  const named = clausesOf(text).flatMap((clause) => {
    const understood = turn.parts.classify(clause);
    const guesses = [understood, ...understood.alternatives];
    return (
      guesses.find(({ intent, confidence }) => confidence >= LIKELY && namesProblem(intent, clause)) ?? []
    );
  });
  return named.find(({ intent }) => intent !== first)?.intent;
}
