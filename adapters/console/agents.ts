import { createHash, randomBytes, randomUUID, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import type { AgentRecord, Store } from '../../bot/store.ts';

const derive = promisify(scrypt) as (
  password: string,
  salt: Buffer,
  length: number,
  options: object,
) => Promise<Buffer>;

/** OWASP's advice for scrypt: N = 2^17, r = 8, p = 1 (128 MB for a tenth of a second). */
const COST = { N: 2 ** 17, r: 8, p: 1, maxmem: 256 * 1024 * 1024 };
const LENGTH = 32;
const SESSION_LASTS_MS = 12 * 3600 * 1000;

/** Derives what is kept of a password, with a salt of its own; takes about a tenth of a second. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const key = await derive(password.normalize('NFKC'), salt, LENGTH, COST);
  return `scrypt$${salt.toString('base64')}$${key.toString('base64')}`;
}

async function passwordMatches(password: string, stored: string): Promise<boolean> {
  const [, salt = '', key = ''] = stored.split('$');
  const given = await derive(password.normalize('NFKC'), Buffer.from(salt, 'base64'), LENGTH, COST);
  const expected = Buffer.from(key, 'base64');
  return expected.length === given.length && timingSafeEqual(given, expected);
}

/** Compared against when the address is unknown, so that the answer takes as long as for a known one. */
const NOBODY = `scrypt$${Buffer.alloc(16).toString('base64')}$${Buffer.alloc(LENGTH).toString('base64')}`;

/**
 * Makes the first agent where there is none; of several processes that start at once, one does.
 * @returns its generated password, to be shown once; undefined when there are agents already.
 */
export async function firstAgent(store: Store, email: string): Promise<string | undefined> {
  if ((await store.agents.count()) > 0) return undefined;
  const password = randomBytes(12).toString('base64url');
  const added = await store.agents.add({
    id: randomUUID(),
    email,
    name: 'Premier agent',
    passwordHash: await hashPassword(password),
    role: 'supervisor',
  });
  return added ? password : undefined;
}

/** The agent who signs in with these, or undefined; it never tells which of the two was wrong. */
export async function signIn(
  store: Store,
  email: string,
  password: string,
): Promise<AgentRecord | undefined> {
  const agent = await store.agents.byEmail(email);
  const matches = await passwordMatches(password, agent?.passwordHash ?? NOBODY);
  return agent && matches ? agent : undefined;
}

/** Only the digest of a session's token is kept: who reads the database cannot sign in with it. */
export function tokenDigest(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** Opens a session of 12 hours under a fresh token, and notes that. */
export async function openSession(store: Store, agentId: string, now: Date): Promise<string> {
  const token = randomBytes(32).toString('base64url');
  await store.agents.openSession({
    tokenHash: tokenDigest(token),
    agentId,
    expiresAt: new Date(now.getTime() + SESSION_LASTS_MS),
  });
  await store.audit.add({ at: now, actor: agentId, action: 'signed_in', subject: 'console' });
  return token;
}
