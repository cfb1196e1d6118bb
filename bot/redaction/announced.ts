import type { RedactionLine } from '../redaction.ts';
import { findCardDetails } from './cardDetails.ts';
import { findPasswords } from './passwords.ts';
import { answersForNumber, previousCustomerLine } from './splitNumbers.ts';
import { read } from './view.ts';
import type { Finding, View } from './view.ts';

const LONGEST_ANNOUNCEMENT = 120;
/** The message ends where its value would come: « mon mot de passe est », « cvv : », « voici mon mdp ». */
const ANNOUNCES =
  /(?:[:=]|->|(?<![a-z])(?:est|c'est|cest|etait|is))\s*$|(?<![a-z])(?:voici|voila|here is)(?![a-z])[^.!?\n]*$/;

/** A password or a cryptogram that the customer's last message announced and this one gives. */
export function findAnnounced(view: View, history: RedactionLine[]): Finding[] {
  const before = history[previousCustomerLine(history)]?.text ?? '';
  if (before.length > LONGEST_ANNOUNCEMENT || !ANNOUNCES.test(read(before).text)) return [];
  if (answersForNumber(history, history.length)) return [];
  const offset = read(`${before} `).text.length;
  const joined = read(`${before} ${view.typed}`);
  return [...findPasswords(joined), ...findCardDetails(joined, false)].flatMap((found) =>
    found.start < offset ? [] : [{ ...found, start: found.start - offset, end: found.end - offset }],
  );
}
