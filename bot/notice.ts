import { fr } from '../dialogs/french.ts';
import type { Keeping } from './retention.ts';

/** What customers are told of their data before they write; the version is kept with what they then write. */
export interface Notice {
  version: string;
  text: string;
  /** Where their rights are explained, if the shop says. */
  privacyUrl?: string;
}

/** Of the sentences; the durations are a part of the version too. */
const WORDING = '2026-11';

/** Who keeps what, why and how long (GDPR, articles 13 and 14, in the few words that fit above a conversation). */
export function noticeOf(
  config: Omit<Keeping, 'KEEP_AUDIT_MONTHS'> & { SHOP_NAME: string; PRIVACY_URL?: string | undefined },
): Notice {
  const { KEEP_CHATS_DAYS: chats, KEEP_TICKETS_MONTHS: tickets, KEEP_UPLOADS_DAYS: uploads } = config;
  return {
    version: `${WORDING}/${chats}d-${tickets}m-${uploads}d`,
    text: fr`Vos messages servent à ${config.SHOP_NAME} à traiter votre demande. Ils sont gardés ${days(chats)}, ou ${tickets} mois après la fin d’une demande transmise au support ; vos images, ${days(uploads)}.`,
    ...(config.PRIVACY_URL !== undefined && { privacyUrl: config.PRIVACY_URL }),
  };
}

/** The notice where there is no menu to click: with what to write, and its version. */
export function noticeInWords({ text, privacyUrl, version }: Notice): string {
  const rights = privacyUrl === undefined ? '' : fr` Vos droits : ${privacyUrl}.`;
  return fr`${text} Écrivez « supprimer mes données » pour tout effacer.${rights} (Information ${version})`;
}

function days(count: number): string {
  return count === 1 ? fr`${count} jour` : fr`${count} jours`;
}
