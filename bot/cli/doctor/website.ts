import type { Config } from '../../config.ts';
import type { Finding } from './finding.ts';

/** What is easily forgotten between a trial and a real shop. */
export function website({ NODE_ENV, PUBLIC_URL, ALLOWED_ORIGINS, HOST }: Config): Finding[] {
  const findings: Finding[] = [];
  const note = (says: string, todo: string): void => void findings.push({ state: 'note', says, todo });
  if (PUBLIC_URL?.startsWith('http:') && !/^http:\/\/(?:localhost|127\.)/.test(PUBLIC_URL))
    findings.push({
      state: 'wrong',
      says: `PUBLIC_URL is ${PUBLIC_URL}, without TLS: agents could not sign in, and messages would travel readable.`,
      todo: 'Put a proxy with a certificate before the server, and set PUBLIC_URL to its https address.',
    });
  if (PUBLIC_URL !== undefined && ALLOWED_ORIGINS.length === 0)
    note(
      'No page of another origin may show the widget.',
      'Set ALLOWED_ORIGINS to the shop’s, for example https://www.boutique.example',
    );
  if (PUBLIC_URL === undefined && HOST !== '127.0.0.1' && HOST !== 'localhost')
    note(
      'PUBLIC_URL is not set: links in mails to the support are left out.',
      'Set it to the address that browsers reach the server by.',
    );
  if (PUBLIC_URL?.startsWith('https:') && NODE_ENV !== 'production')
    note(`NODE_ENV is ${NODE_ENV}.`, 'Set NODE_ENV=production on the shop’s server.');
  return findings;
}
