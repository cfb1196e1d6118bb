import { Secret, TOTP } from 'otpauth';
import { encode } from 'uqr';
import type { AgentRecord, Store } from '../../bot/store.ts';

/** RFC 6238 as every authenticator application knows it. */
const PERIOD = 30;
const DIGITS = 6;
/** Steps that a clock may be off, each way. */
const WINDOW = 1;

function totp(secret: string, email: string): TOTP {
  return new TOTP({ issuer: 'Guichet', label: email, secret, period: PERIOD, digits: DIGITS });
}

/** A new secret with what an application reads it by: a link, and the same as a square of dark and light modules. */
export function newSecret(email: string): { secret: string; uri: string; modules: boolean[][] } {
  const secret = new Secret({ size: 20 }).base32;
  const uri = totp(secret, email).toString();
  return { secret, uri, modules: encode(uri).data };
}

/** The step of time that a code belongs to; undefined when it is none of now. */
export function stepOf(secret: string, code: string, now: Date): number | undefined {
  const timestamp = now.getTime();
  const delta = totp(secret, '').validate({ token: code.replace(/\s/g, ''), timestamp, window: WINDOW });
  return delta === null ? undefined : Math.floor(timestamp / 1000 / PERIOD) + delta;
}

/** Whether the code is one of now that was not used yet; it is used up by this. */
export async function codeFits(
  store: Pick<Store, 'agents'>,
  agent: AgentRecord,
  code: string,
  now: Date,
): Promise<boolean> {
  const step = stepOf(agent.totpSecret!, code, now);
  return step !== undefined && store.agents.takeStep(agent.id, step);
}
