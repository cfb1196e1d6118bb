import { cardInWords, cardVariant, type CardVariant } from './cardVariants.ts';
import { Dice } from './dice.ts';
import { shopString } from './shopStrings.ts';
import { stored } from './stored.ts';

/*
 * Card numbers as people may write them, and the shop's own numbers that must survive: 20,000 of each for a seed, the same
 * ones each time. REDACTION_SEEDS=10 tries ten seeds.
 */

const COUNT = 20_000;
const FIRST_SEED = 20_260_318;
const seeds = Array.from({ length: Number(process.env['REDACTION_SEEDS'] ?? 1) }, (_, i) => FIRST_SEED + i);

/** Digits in any script, as characters, entities or percent codes; digit words. */
function digitsIn(text: string): number {
  let plain = text;
  for (let pass = 0; pass < 3; pass += 1) {
    plain = plain.replace(/(?:%[0-9a-f]{2})+/gi, decodeURIComponent);
  }
  plain = plain.replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)));
  return plain.match(/\p{N}|\b(?:zéro|un|deux|trois|quatre|cinq|six|sept|huit|neuf)\b/giu)?.length ?? 0;
}

/** More than four digits of the card can be read in the conversation. */
function leaks({ messages, ownDigits }: CardVariant): boolean {
  const kept = stored(messages).filter((_, i) => !messages[i]!.startsWith('B:'));
  const rest = ownDigits.reduce((text, own) => text.replace(own, ''), kept.join('\n'));
  return digitsIn(rest) > 4;
}

function expectAtMost(share: number, failed: readonly unknown[], seed: number): void {
  expect({ seed, share: failed.length / COUNT <= share, failed: failed.slice(0, 12) }).toEqual({
    seed,
    share: true,
    failed: failed.slice(0, 12),
  });
}

const percent = (count: number): string => `${((100 * count) / COUNT).toFixed(3)} %`;

describe.each(seeds)('with the seed %d', (seed) => {
  test('of 20,000 card numbers at least 99.9 % leave no more than four digits, however written or cut', () => {
    const dice = new Dice(seed);
    const missed = Array.from({ length: COUNT }, (_, i) =>
      i % 50 === 0 ? cardInWords(dice) : cardVariant(dice),
    )
      .filter(leaks)
      .map(({ messages, made }) => ({ made, messages, stored: stored(messages) }));
    process.stdout.write(`cards, seed ${seed}: ${percent(COUNT - missed.length)} masked\n`);
    expectAtMost(0.001, missed, seed);
  });

  test('of 20,000 strings of the shop at most 0.1 % are masked', () => {
    const dice = new Dice(seed);
    const masked = Array.from({ length: COUNT }, () => shopString(dice))
      .map((shop) => ({ ...shop, stored: stored(shop.messages) }))
      .filter(
        ({ messages, stored }) =>
          stored.join('\n') !== messages.map((line) => line.replace(/^B:/, '')).join('\n'),
      );
    process.stdout.write(`strings of the shop, seed ${seed}: ${percent(masked.length)} masked\n`);
    expectAtMost(0.001, masked, seed);
  });
});
