import { findAll, toMessage } from './message.ts';
import type { Finding, Message } from './message.ts';
import { areNear } from '../nearWords.ts';

/** Mail domains that French customers use, the most frequent first. */
const WELL_KNOWN_DOMAINS = (
  'gmail.com hotmail.fr orange.fr hotmail.com wanadoo.fr free.fr outlook.fr outlook.com yahoo.fr laposte.net ' +
  'sfr.fr live.fr icloud.com yahoo.com bbox.fr neuf.fr msn.com live.com numericable.fr aol.com club-internet.fr ' +
  'me.com mac.com protonmail.com proton.me cegetel.net aliceadsl.fr gmx.fr gmx.com gmx.net ymail.com googlemail.com ' +
  'mail.com email.com libertysurf.fr tiscali.fr voila.fr netcourrier.com bluewin.ch skynet.be hotmail.be yahoo.be ' +
  'outlook.be telenet.be hotmail.ch hotmail.it hotmail.es hotmail.de hotmail.co.uk yahoo.co.uk yahoo.es yahoo.it ' +
  'yahoo.de yahoo.ca outlook.es outlook.it outlook.de live.be live.nl live.it live.de web.de gmx.de gmx.at gmx.ch ' +
  'videotron.ca sympatico.ca zoho.com pm.me tutanota.com'
).split(' ');

const WRITTEN =
  /(?<![\w.%+'-])(?<local>[a-z0-9_+][\w.%+'-]{0,63}) ?@ ?(?<domain>[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){0,4}(?:\.|, ?(?=(?:com|fr|net|org)\b))[a-z]{2,24})(?![\w@])/g;

const MARKS: Record<string, string> = {
  point: '.',
  dot: '.',
  tiret: '-',
  'tiret du 6': '-',
  'tiret du six': '-',
  'tiret haut': '-',
  moins: '-',
  underscore: '_',
  'tiret du 8': '_',
  'tiret du huit': '_',
  'tiret du bas': '_',
  'tiret bas': '_',
};
const SPOKEN_MARK = '(?:point|dot|tiret(?: du (?:6|8|six|huit|bas)| bas| haut)?|moins|underscore)';
const WORD = '[a-z0-9][a-z0-9._-]{0,39}';
const DICTATED = new RegExp(
  `(?<![\\w.@-])(?<local>${WORD}(?: ${SPOKEN_MARK} ${WORD}| \\d{1,4}){0,5}) ?(?:(?<= )(?<at>arobase?|arobaze|at|a commercial)(?= )|[([{] ?(?:at|arobase?|@) ?[)\\]}]) ?(?<domain>${WORD}(?:(?: tiret ${WORD}){0,2}(?: (?:point|dot) | ?[([{](?:dot|point)[)\\]}] ?)${WORD}){0,3})(?![\\w@-])`,
  'g',
);

const SPOKEN_AT = /\b(?:aroba|at\b|a commercial)|[([{] ?@/;

/** E-mail addresses in a message, in lower case, written or dictated ("luc arobase exemple point fr"). */
export function findEmails(message: Message): Finding[] {
  const { folded } = message;
  // Cheap looks for the @, written or spoken, spare most messages the long patterns.
  return [
    ...(folded.includes('@') ? findWritten(message) : []),
    ...(SPOKEN_AT.test(folded) ? findAll(DICTATED, folded, readDictated) : []),
  ];
}

function findWritten({ folded, typed }: Message): Finding[] {
  return findAll(WRITTEN, folded, (match) => {
    // The letters as typed: an accent is the customer's mistake to see, not ours to correct.
    const text = typed.slice(match.index, match.index + match[0].length).toLowerCase();
    return text.replace(/ /g, '').replace(',', '.');
  });
}

function readDictated({ groups }: RegExpExecArray): string | undefined {
  const local = joinMarks(groups?.local ?? '');
  const domain = joinMarks(groups?.domain ?? '');
  if (!/\.[a-z]{2,24}$/.test(domain)) return undefined;
  // "at" is also English: it counts beside a dictated mark or before a domain everybody knows.
  const dictated = / (?:point|dot|tiret|moins|underscore)\b/.test(`${groups?.local} ${groups?.domain}`);
  if (groups?.at === 'at' && !dictated && !WELL_KNOWN_DOMAINS.includes(domain)) return undefined;
  return `${local}@${domain}`;
}

function joinMarks(words: string): string {
  return words
    .replace(/ ?[([{](?:dot|point)[)\]}] ?/g, '.')
    .replace(new RegExp(` (${SPOKEN_MARK}) `, 'g'), (_, mark: string) => MARKS[mark] ?? '')
    .replaceAll(' ', '');
}

/** The e-mail address, in lower case, of the answer to "quelle est votre adresse e-mail ?". */
export function readEmail(text: string): string | undefined {
  return findEmails(toMessage(text))[0]?.value;
}

/** The well-known mail domain an address is one letter away from ("gmial.com": "gmail.com"), if any. */
export function emailTypoHint(email: string): string | undefined {
  const domain = email.slice(email.lastIndexOf('@') + 1).toLowerCase();
  if (WELL_KNOWN_DOMAINS.includes(domain)) return undefined;
  // One letter is too much of a short name: pme.com is not me.com.
  return WELL_KNOWN_DOMAINS.find((known) => known.length > 6 && areNear(domain, known, 1));
}
