import { jwtVerify } from 'jose';
import { z } from 'zod';
import type { Now } from '../../bot/clock.ts';
import { Refusal } from '../http.ts';

/** A customer as the shop knows them. */
export const Customer = z.object({
  id: z.string().min(1).max(128),
  name: z.string().max(200).optional(),
  email: z.email().max(254).optional(),
});
export type Customer = z.infer<typeof Customer>;

/** The claims of the shop's token, by their registered names. */
const Claims = z
  .object({ sub: Customer.shape.id, name: Customer.shape.name, email: Customer.shape.email })
  .transform(({ sub, name, email }): Customer => ({
    id: sub,
    ...(name && { name }),
    ...(email && { email }),
  }));

/**
 * Reads who the shop says is signed in: a JWT signed with IDENTITY_SECRET (HS256), with `sub`, `exp`,
 * and where known `name` and `email`.
 * @throws Refusal 400 that says what is wrong with it.
 */
export async function readIdentity(token: string, secret: string | undefined, now: Now): Promise<Customer> {
  if (secret === undefined) {
    throw new Refusal(400, 'IdentityRefused', 'IDENTITY_SECRET is not set, so nobody can be identified.');
  }
  try {
    const { payload } = await jwtVerify(token, new TextEncoder().encode(secret), {
      algorithms: ['HS256'],
      currentDate: now(),
      requiredClaims: ['sub', 'exp'],
    });
    return Claims.parse(payload);
  } catch (error) {
    const reason = error instanceof z.ZodError ? error.issues[0]!.message : String(error);
    throw new Refusal(400, 'IdentityRefused', `The identity token was refused: ${reason}`);
  }
}
