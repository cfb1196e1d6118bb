import { isIP } from 'node:net';
import { z } from 'zod';

/** Whether a text is an http or https address. */
export function isHttpUrl(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}

/** Origins separated by commas or spaces. */
export const origins = z
  .string()
  .transform((list) => list.split(/[\s,]+/).filter(Boolean))
  .refine((list) => list.every((origin) => isHttpUrl(origin) && new URL(origin).origin === origin), {
    message: 'must be origins separated by commas, without a path, for example https://boutique.example',
  });

/** Host names and addresses, separated by commas or spaces, as they stand in a URL; without the brackets of IPv6. */
export const hosts = z
  .string()
  .transform((list) =>
    list
      .toLowerCase()
      .split(/[\s,]+/)
      .filter(Boolean),
  )
  .refine((list) => list.every((host) => isIP(host) || /^[a-z\d_-]+(?:\.[a-z\d_-]+)*$/.test(host)), {
    message: 'must be hosts separated by commas, without a port, for example chatwoot.internal, 10.0.0.5',
  });
