import { redact } from '../../bot/redaction.ts';
import { Dice } from './dice.ts';
import { cvv, iban, password, resetLink } from './secrets.ts';

const COUNT = 5_000;
const SEED = 20_260_319;

/** The secret as typed, but for signs at its ends; or its digits one behind the other. */
function shows(text: string, secret: string): boolean {
  return /^[\d ]+$/.test(secret)
    ? text.replace(/\D/g, '').includes(secret.replace(/\D/g, ''))
    : text.includes(secret.replace(/^\W+|[\W_]+$/g, ''));
}

test.each([
  ['cryptograms beside a cue', cvv],
  ['passwords behind a cue', password],
  ['account numbers', iban],
  ['links that open an account', resetLink],
])('of 5,000 %s at least 99.9 % leave nothing', (_what, write) => {
  const dice = new Dice(SEED);
  const kept = Array.from({ length: COUNT }, () => write(dice))
    .map(({ message, secret }) => ({ message, secret, stored: redact(message).text }))
    .filter(({ secret, stored }) => shows(stored, secret));
  expect({ share: kept.length / COUNT <= 0.001, kept: kept.slice(0, 12) }).toEqual({
    share: true,
    kept: kept.slice(0, 12),
  });
});
