import { day, fold, fr } from '../dialogs/french.ts';
import { hoursNow } from './contactHours.ts';
import type { OpenTurn } from './openTurn.ts';
import { promiseNow } from './promises.ts';
import { referenceIn } from './tickets.ts';
import { choices, texts } from './texts.ts';

const STATUS =
  /\b(?:ou en est|ou en sont|statut|status|etat|suivi|avancement|nouvelles?|des news|quoi de neuf)\b.{0,30}\b(?:mon|ma|mes|du|de|le|la|ce)\b.{0,10}\b(?:tickets?|dossiers?|demandes?|reclamations?|signalement)\b|\b(?:mon|mes|ma) (?:tickets?|dossier|demande|reclamation)\b.{0,20}\b(?:avance|en est|traite|statut|repondu)|\b(?:recu|lu|vu|traite)\b.{0,20}\b(?:mon|ma|mes) (?:tickets?|dossier|demandes?|reclamations?|signalement)\b|^(?:et |alors |bonjour |du coup )*(?:mon|ma|mes) (?:tickets?|dossier|demandes?|reclamations?) ?\?*$/;

/** Meant as a reference, though none is written so. */
const LIKE_A_REFERENCE = /\bSUP ?- ?[A-Z\d-]{3,}/i;

/** "Où en est mon ticket SUP-… ?", with the reference or without. */
export function asksForStatus(text: string): boolean {
  return (
    referenceIn(text) !== undefined ||
    LIKE_A_REFERENCE.test(text) ||
    (text.length < 120 && STATUS.test(fold(text)))
  );
}

/** State, dates and promises of the ticket named, or of the customer's last ones; then the pending question again. */
export async function tellStatus(turn: OpenTurn): Promise<void> {
  const { parts, given, now } = turn;
  const own = await parts.ticketsOfCustomer(given.conversation.userId);
  const reference = referenceIn(turn.text);
  const asked =
    reference === undefined ? own.slice(-3) : own.filter((ticket) => ticket.reference === reference);
  const menu = turn.form ? {} : { choices: [{ title: choices.menu }] };
  if (asked.length === 0 || (reference === undefined && LIKE_A_REFERENCE.test(turn.text))) {
    turn.say({
      text: own.length === 0 && !LIKE_A_REFERENCE.test(turn.text) ? texts.noTickets : texts.unknownTicket,
      ...menu,
    });
    return turn.reprompt();
  }
  for (const ticket of asked) {
    const state = ticket.status === 'open' ? 'en cours' : 'clos';
    turn.say(texts.status(ticket.reference, ticket.subject, state, fr`le ${day(ticket.createdAt, now)}`));
    if (ticket.status === 'closed') continue;
    for (const promise of ticket.promises) turn.say(promiseNow(promise, now));
  }
  turn.say({ text: hoursNow(turn), ...menu });
  await turn.reprompt();
}
