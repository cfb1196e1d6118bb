import { passesLuhn } from '../../bot/redaction/cardBrands.ts';
import { randomFrom } from '../../knowledge/classifier/random.ts';

/** What the generators throw: the same seed, the same texts. */
export class Dice {
  readonly chance: () => number;

  constructor(seed: number) {
    this.chance = randomFrom(seed);
  }

  /** A whole number from 0 up to and without `below`. */
  below(below: number): number {
    return Math.floor(this.chance() * below);
  }

  pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)]!;
  }

  digits(count: number): string {
    return Array.from({ length: count }, () => this.below(10)).join('');
  }

  /** `prefix` and random digits up to `length`, the last of which makes Luhn's sum right. */
  luhn(prefix: string, length: number): string {
    const body = prefix + this.digits(length - prefix.length - 1);
    return body + [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].find((check) => passesLuhn(body + String(check)));
  }

  /** An EAN-13 that begins with `prefix`. */
  ean(prefix: string): string {
    const body = prefix + this.digits(12 - prefix.length);
    const sum = [...body].reduce((total, digit, i) => total + Number(digit) * (i % 2 === 0 ? 1 : 3), 0);
    return body + String((10 - (sum % 10)) % 10);
  }
}

/** "123456" in 2, 4: "12", "3456". */
export function cutBy(text: string, sizes: readonly number[]): string[] {
  let at = 0;
  return sizes.map((size) => text.slice(at, (at += size)));
}
