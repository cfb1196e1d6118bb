import { createTransport } from 'nodemailer';
import type { Config } from '../../config.ts';
import { type Finding, reasonOf } from './finding.ts';

const WITHIN_MS = 5_000;

/** Connects and signs in as the server would; no mail is sent. */
export async function mail({ SMTP_URL, SUPPORT_EMAIL, EMAIL_FROM }: Config): Promise<Finding[]> {
  if (SMTP_URL === undefined)
    return [
      {
        state: 'note',
        says: 'Mail: SMTP_URL is not set, so no mail leaves; tickets are in the console alone.',
      },
    ];
  const { host } = new URL(SMTP_URL);
  const transport = createTransport({
    url: SMTP_URL,
    connectionTimeout: WITHIN_MS,
    greetingTimeout: WITHIN_MS,
    socketTimeout: WITHIN_MS,
  });
  try {
    await transport.verify();
  } catch (error) {
    return [
      { state: 'wrong', says: `Mail: ${host} does not serve us: ${reasonOf(error)}.`, todo: remedy(error) },
    ];
  } finally {
    transport.close();
  }
  const findings: Finding[] = [{ state: 'good', says: `Mail: ${host} takes us.` }];
  if (SUPPORT_EMAIL === undefined)
    findings.push({
      state: 'note',
      says: 'Mail: SUPPORT_EMAIL is not set, so only customers get mail.',
      todo: 'Set it to the support’s mailbox.',
    });
  if (EMAIL_FROM.includes('guichet.local'))
    findings.push({
      state: 'wrong',
      says: `Mail: EMAIL_FROM is still ${EMAIL_FROM}, whose domain receives nothing.`,
      todo: 'Set it to an address of the shop’s own domain, for example Support <support@boutique.example>',
    });
  return findings;
}

function remedy(error: unknown): string {
  switch (error instanceof Error && 'code' in error && error.code) {
    case 'EAUTH':
      return 'Correct user and password in SMTP_URL; characters such as @ and / are written as %40 and %2F there.';
    case 'EDNS':
      return 'No such name: correct the host in SMTP_URL.';
    case 'ETLS':
      return 'Use smtps:// for port 465, smtp:// for 587 and 25; or the certificate does not bear the host’s name.';
    default:
      return 'Correct host and port in SMTP_URL (smtps:// for port 465, smtp:// for 587 and 25), or have the firewall let this machine reach them.';
  }
}
