import { z } from 'zod';
import { isHttpUrl } from './origins.ts';

/* The kinds of values that settings hold; what a wrong one is told says what a right one looks like. */

/** What only this server and another one know. */
export const secret = z
  .string()
  .min(16, 'is too short; use at least 16 random characters, for example the output of: openssl rand -hex 24')
  .optional();

/** An http or https address. */
export const url = z
  .string()
  .refine(isHttpUrl, 'must be an http or https address, for example https://boutique.example/retours');

/** A regular expression, as its source. */
export const pattern = z
  .string()
  .refine(isPattern, String.raw`must be a regular expression, for example CMD-\d{6}`);

function isPattern(text: string): boolean {
  try {
    return new RegExp(text) instanceof RegExp;
  } catch {
    return false;
  }
}

/** "Colissimo #@###########, GLS ###########": `#` a digit, `@` a letter, `*` either, any other character itself. */
export const carriers = z
  .string()
  .default('')
  .transform((list) => list.split(',').flatMap((entry) => entry.trim() || []))
  .refine((list) => list.every((entry) => CARRIER.test(entry)), {
    message:
      'must be names with their formats, between quotes in a .env file, for example Colis Express CE########FR, Chez Vous ###########',
  })
  .transform((list) =>
    list.map((entry) => {
      const [, carrier = '', mask = ''] = CARRIER.exec(entry) ?? [];
      return { carrier, mask };
    }),
  );
const CARRIER = /^(\S.*?)\s+([A-Z0-9#@*]{6,30})$/;

export const email = z.email('must be an e-mail address, for example support@boutique.example');

/** Who mails are from: an address, with a name before it or not. */
export const sender = z
  .string()
  .regex(
    /^[^<>\r\n]*<?[^\s<>@]+@[\w.-]+>?$/,
    'must be a sender, for example Support <support@boutique.example>',
  );

export const smtpUrl = z
  .string()
  .refine(
    (text) => URL.canParse(text) && /^smtps?:$/.test(new URL(text).protocol),
    'must be an smtp or smtps address, for example smtps://user:password@mail.example:465',
  );

export const postgresUrl = z
  .string()
  .refine(
    (text) => URL.canParse(text) && /^postgres(ql)?:$/.test(new URL(text).protocol),
    'must be the address of a PostgreSQL database, for example postgres://guichet:password@db.example:5432/guichet',
  );

/** A bound: a whole number of at least 1; `example` is the default. */
export const most = (example: number) =>
  z.coerce
    .number(`must be a number, for example ${example}`)
    .int(`must be a whole number, for example ${example}`)
    .min(1, `must be at least 1, for example ${example}`)
    .default(example);

/** A key of Standard Webhooks. */
export const webhookSecret = z
  .string()
  .regex(
    /^whsec_[A-Za-z0-9+/]{32,}={0,2}$/,
    'must be "whsec_" and at least 24 bytes in base64, for example whsec_ followed by the output of: openssl rand -base64 32',
  )
  .optional();

/** An id that another program gave. */
export const idNumber = z.coerce
  .number('must be a whole number, for example 1')
  .int('must be a whole number, for example 1')
  .positive('must be a whole number, for example 1')
  .optional();

/** The instant at which a simulated clock starts. */
export const clock = z.iso
  .datetime({
    offset: true,
    error: 'must be an ISO 8601 instant with its offset, for example 2026-03-18T14:30:00+01:00',
  })
  .optional();
