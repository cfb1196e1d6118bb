import { typedSlice } from './view.ts';
import type { Finding, View } from './view.ts';

const URL_IN_TEXT =
  /(?<![a-z0-9@._-])(?:https?:\/\/|www\.)[^\s<>"«»]+|(?<![\w.@-])[a-z0-9-]+(?:\.[a-z0-9-]+)+\/[^\s<>"«»]*/g;
/** What a sentence puts behind a link. */
const TRAILING = /(?<![.,;:!?)\]}'*_])[.,;:!?)\]}'*_]+$/;

/** Query parameters whose value opens something. */
const SECRET_PARAMETER =
  /^(?:.*[_-])?(?:token|jwt|key|apikey|password|passwd|pwd|pass|mdp|session|sessionid|sid|jsessionid|phpsessid|auth|authorization|code|otp|sig|signature|secret|nonce|ticket|credential|hash)$|token$|secret$|password$/i;
/** Those of a link that signs in or changes a password, whatever its path. */
const ONE_TIME_PARAMETER = /token|jwt|otp|magic|reset|nonce|secret/i;
/** The part of a path that names a reset or one-time page. */
const ONE_TIME_PATH =
  /(?:^|[/_.-])(?:reset|reinit[a-z]*|mot-?de-?passe|nouveau-?mdp|mdp|password|forgot[a-z-]*|recover[a-z]*|recuperation|magic-?link|one-?time|passwordless|lien-magique|(?:magic|otp|activation|activate|verify|verify-?email)(?=$|[/?#]))(?=$|[/_.?#-])/;
/** Words of the same pages that hold no secret. */
const PLAIN_SEGMENT =
  /^(?:|[a-z]{2}|reset|reinit[a-z]*|oubli[a-z]*|forgot[a-z]*|password|passe|mot-?de-?passe|mdp|new|nouveau|demande|request|change|changer|aide|help|index|form|confirm|confirmation|email|compte|account|[a-z-]*\.(?:html?|php|aspx?)|(?:mot-?de-?passe|password|mdp|forgot|reset|reinit[a-z]*)[a-z-]*)$/;

/**
 * The URL without the secrets of its query, its fragment and its user information; the rest as given.
 * What is no URL comes back unchanged.
 */
export function redactUrl(url: string): string {
  return url
    .replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/?#@\s]*@/i, '$1')
    .replace(/([?&#;])([^=&#;?\s]+)=([^&#;\s]+)/g, (pair, before: string, name: string) =>
      isSecretParameter(name) ? `${before}${name}=[retiré]` : pair,
    );
}

/**
 * Finds the links that would let a reader in: reset and one-time links, taken out whole, and links that
 * carry a password or a token, which keep the rest.
 */
export function findLinks(view: View): Finding[] {
  return [...view.text.matchAll(URL_IN_TEXT)].flatMap((match): Finding[] => {
    const url = match[0].replace(TRAILING, '');
    const range = { start: match.index, end: match.index + url.length };
    if (isOneTimeLink(url)) {
      // A page with a token in its address is still the page where something went wrong: only the token goes.
      const page = redactUrl(typedSlice(view, range.start, range.end));
      const mask = isOneTimeLink(page.toLowerCase().replaceAll('é', 'e')) ? '[lien retiré]' : page;
      return [{ kind: 'reset_link', ...range, mask }];
    }
    if (!carriesPassword(url)) return [];
    return [{ kind: 'password', ...range, mask: redactUrl(typedSlice(view, range.start, range.end)) }];
  });
}

function isOneTimeLink(url: string): boolean {
  const [, path = '', query = ''] = /^(?:https?:\/\/)?[^/?#]*([^?#]*)(.*)$/s.exec(url) ?? [];
  const parameters = [...query.matchAll(/[?&#;]([^=&#;?]+)=([^&#;]+)/g)];
  if (parameters.some(([, name = '', value = '']) => isOneTimeParameter(name, value))) return true;
  const named = ONE_TIME_PATH.exec(decode(path));
  if (!named) return false;
  const behind = decode(path).slice(named.index).split('/').slice(1);
  return query.length > 1 || behind.some((segment) => !PLAIN_SEGMENT.test(segment));
}

/** Any token; of the other secrets only what is too long to be a voucher or a tracking number. */
function isOneTimeParameter(name: string, value: string): boolean {
  if (value === '[retire]') return false;
  return ONE_TIME_PARAMETER.test(name) || (isSecretParameter(name) && value.length >= 20);
}

function carriesPassword(url: string): boolean {
  return (
    /^https?:\/\/[^/?#@]*@/.test(url) ||
    /[?&#;](?:password|passwd|pwd|pass|mdp)=(?!\[retire\])[^&#;]/.test(url)
  );
}

function isSecretParameter(name: string): boolean {
  return SECRET_PARAMETER.test(decode(name));
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // a stray per cent sign: read it as it stands
  }
}
