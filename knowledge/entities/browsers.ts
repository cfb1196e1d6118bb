import { findAll, toMessage } from './message.ts';
import type { Finding, Message } from './message.ts';
import { areNear } from '../nearWords.ts';

interface Browser {
  name: string;
  pattern: RegExp;
  /** Also an ordinary word: counts only where a browser is spoken of. */
  ordinary?: true;
}

const GOOGLE = '(?:(?:go+gle?|gogole|googel|goggle) ?)';
const BROWSERS: Browser[] = [
  browser(
    'Chrome',
    `${GOOGLE}?(?:chr?omm?es?|chrom|ch?orme|crhome?|crh?om+e|chroome?|chrone|kr?rome|cgrome|chro?me)`,
  ),
  browser('Firefox', '(?:mozil+a ?)?(?:f[iay]+e?re? ?-?fo[xk]+e?|firefoxe|fire-fox|ffox)|mozz?il+as?'),
  browser(
    'Internet Explorer',
    '(?:microsoft )?internet expl?or(?:er|eur|ateur)|explorateur internet|ie ?(?:[6-9]|1[01])',
  ),
  browser(
    'Samsung Internet',
    'samsung (?:internet|browser|navigateur)|internet (?:de )?samsung|navigateur (?:de )?(?:samsung|mon samsung)',
  ),
  browser('DuckDuckGo', 'duck ?duck ?go'),
  browser('Safari', 's[aà]f+ari+e?|saffary|safary'),
  browser('Edge', '(?:microsoft|ms|microsft) ?(?:edge|egde|edje)|edge chromium'),
  browser('Opera', 'opera (?:gx|mini|touch|browser)'),
  browser('Brave', 'brave browser|navigateur brave'),
  browser('Tor Browser', 'tor browser|navigateur tor'),
  browser('UC Browser', 'uc ?browser'),
  browser('Chromium', 'chromium'),
  browser('Edge', 'edge|egde|edje', true),
  browser('Opera', 'opera', true),
  browser('Brave', 'brave', true),
  browser('Vivaldi', 'vivaldi', true),
  browser('Internet Explorer', 'ie|explorer', true),
];
const FUZZY = ['firefox', 'safari', 'mozilla', 'chromium', 'duckduckgo'];
const ANY = '(?:chrome|crome|firefox|firfox|safari|saffari|mozilla|edge|opera|brave|explorer|chromium)';

const BEFORE = new RegExp(
  `(?:\\b(?:sur|sous|avec|via|dans|depuis|(?:j'|[ct]')?utilis(?:e|ant|ais|er)|navigateurs?(?: web)?(?: c'est| est| :|:)?|navigue sur|browser)|\\b${ANY}(?:,| et| ou| ni| puis| que|/| comme)?(?: sur| avec| sous)?) ?$`,
);
const AFTER = new RegExp(
  `^(?: (?:browser|navigateur)\\b|(?:,| et| ou| ni| puis|/) ?(?:sur |avec )?${ANY}\\b)`,
);
const OPENING = /^\W*(?:c'est |cest |j[' ]ai |je suis sur |plutot |oui,? |le |mon )?$/;
const CLOSING = /^(?: (?:version )?[\d.]+)?\W*$/;

function browser(name: string, source: string, ordinary?: true): Browser {
  return { name, pattern: new RegExp(`(?<![\\w-])(?:${source})(?![\\w-])`, 'g'), ordinary };
}

/** Any of them: one search tells that most messages name none. */
const KNOWN = new RegExp(BROWSERS.map(({ pattern }) => pattern.source).join('|'));

/** Browsers in a message under their usual names, misspelt too. */
export function findBrowsers(message: Message): Finding[] {
  return find(message, (index, length) => isAboutBrowsers(message.folded, index, length));
}

/** The browser of the answer to "quel navigateur ?". */
export function readBrowser(text: string): string | undefined {
  const findings = find(toMessage(text), () => true);
  return findings.sort((a, b) => a.index - b.index || b.length - a.length)[0]?.value;
}

function find(message: Message, isPlain: IsPlain): Finding[] {
  return [...(KNOWN.test(message.folded) ? findKnown(message, isPlain) : []), ...findMisspelt(message)];
}

/** Whether a browser's name that is also an ordinary word, at this offset and of this length, means the browser. */
type IsPlain = (index: number, length: number) => boolean;

function findKnown({ folded, typed }: Message, isPlain: IsPlain): Finding[] {
  return BROWSERS.flatMap(({ name, pattern, ordinary }) =>
    findAll(pattern, folded, (match) => {
      const length = match[0].length;
      // "chromé" is a metal finish.
      if (/é/i.test(typed.slice(match.index, match.index + length)) && name === 'Chrome') return undefined;
      return !ordinary || isPlain(match.index, length) ? name : undefined;
    }),
  );
}

function findMisspelt({ folded }: Message): Finding[] {
  return findAll(/(?<![\w-])[a-z]{5,11}(?![\w-])/g, folded, ([word]) => {
    const meant = FUZZY.find((name) => areNear(word, name, 1));
    return meant && readKnown(meant);
  });
}

function readKnown(word: string): string | undefined {
  return BROWSERS.find(({ pattern }) => word.search(pattern) === 0)?.name;
}

function isAboutBrowsers(text: string, index: number, length: number): boolean {
  const before = text.slice(Math.max(0, index - 40), index);
  const after = text.slice(index + length, index + length + 40);
  if (BEFORE.test(before) || AFTER.test(after)) return true;
  return index < 40 && OPENING.test(before) && CLOSING.test(after);
}
