import { redact, type RedactionLine } from '../../bot/redaction.ts';
import { randomFrom } from '../../knowledge/classifier/random.ts';

/* Card numbers as people may write them, and the shop's own numbers that must survive: 20,000 of each, always the same. */

const COUNT = 20_000;
const SEED = 20_260_318;
const random = randomFrom(SEED);
const whole = (below: number): number => Math.floor(random() * below);
const pick = <T>(items: readonly T[]): T => items[whole(items.length)]!;
const digits = (count: number): string => Array.from({ length: count }, () => whole(10)).join('');

function withLuhn(body: string): string {
  const sum = [...body].reverse().reduce((total, digit, i) => {
    const value = Number(digit) * (i % 2 === 0 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return body + String((10 - (sum % 10)) % 10);
}

const BRANDS = [
  { prefix: '4', length: 16, groups: [4, 4, 4, 4] },
  { prefix: '51', length: 16, groups: [4, 4, 4, 4] },
  { prefix: '55', length: 16, groups: [4, 4, 4, 4] },
  { prefix: '2221', length: 16, groups: [4, 4, 4, 4] },
  { prefix: '37', length: 15, groups: [4, 6, 5] },
  { prefix: '36', length: 14, groups: [4, 6, 4] },
  { prefix: '3530', length: 16, groups: [4, 4, 4, 4] },
  { prefix: '6011', length: 16, groups: [4, 4, 4, 4] },
  { prefix: '6759', length: 16, groups: [4, 4, 4, 4] },
] as const;
const SEPARATORS = [
  '',
  ' ',
  '%20',
  '%2D',
  '%C2%A0',
  '-',
  '.',
  '\u00a0',
  '\u202f',
  '  ',
  ' - ',
  '\u200b',
  '/',
  '_',
] as const;
const WRAPPINGS: readonly ((card: string) => string)[] = [
  (card) => card,
  (card) => `« ${card} »`,
  (card) => `(${card})`,
  (card) => `**${card}**`,
  (card) => `"${card}"`,
  (card) => `<b>${card}</b>`,
  (card) =>
    [...card].map((char) => (/\d/.test(char) ? String.fromCodePoint(0xff10 + Number(char)) : char)).join(''),
];
const CONTEXTS: readonly ((card: string) => string)[] = [
  (card) => card,
  (card) => `ma carte ${card} est refusée`,
  (card) => `voila mon numero de cb : ${card}`,
  (card) => `Bonjour, le paiement ne passe pas avec ${card}, exp 12/27, merci`,
  (card) => `c'est la visa ${card}`,
  (card) => `je paye avec ${card} et ça bloque`,
  (card) => `${card} c'est le bon numéro ?`,
  (card) => `carte:${card}`,
];

function grouped(card: string, groups: readonly number[], separator: string): string {
  let at = 0;
  return groups.map((size) => card.slice(at, (at += size))).join(separator);
}

/** The messages as stored, the earlier ones rewritten where that is recognised late. */
function stored(messages: readonly string[]): string {
  const lines: RedactionLine[] = [];
  for (const message of messages) {
    const { text, earlier } = redact(message, lines);
    for (const change of earlier) lines[change.index]!.text = change.text;
    lines.push({ from: 'customer', text });
  }
  return lines.map(({ text }) => text).join('\n');
}

/** At most the last four digits of a card may stay. */
const shows = (text: string, card: string): boolean =>
  text.normalize('NFKC').replace(/\D/g, '').includes(card.slice(0, -4).slice(-8));

test('of 20,000 card numbers at least 99.9 % are masked, over brands, groupings, wrappings, contexts and two messages', () => {
  const missed: string[][] = [];
  for (let i = 0; i < COUNT; i += 1) {
    const { prefix, length, groups } = pick(BRANDS);
    const card = withLuhn(prefix + digits(length - prefix.length - 1));
    const written = pick(WRAPPINGS)(grouped(card, groups, pick(SEPARATORS)));
    const cut = 4 * (1 + whole(3));
    const messages = random() < 0.15 ? [card.slice(0, cut), card.slice(cut)] : [pick(CONTEXTS)(written)];
    if (shows(stored(messages), card)) missed.push(messages);
  }
  expect({ seed: SEED, share: missed.length / COUNT <= 0.001, missed: missed.slice(0, 20) }).toEqual({
    seed: SEED,
    share: true,
    missed: missed.slice(0, 20),
  });
});

const SHOP: readonly (() => string)[] = [
  () => `où en est ma commande ${digits(6)} ?`,
  () => `commande CMD-${digits(6)} toujours pas arrivée`,
  () => `numéro de suivi 6A${digits(11)}`,
  () => `colis ${pick(['8L', '8N', '6Q'])}${digits(11)} bloqué`,
  () => `suivi ${pick(['XY', 'EE', 'LX'])}${digits(9)}FR chronopost`,
  () => `UPS 1Z${digits(3)}W${digits(1)}${digits(11)} perdu`,
  () => `suivi DPD ${digits(14)}`,
  () => `suivi GLS ${digits(11)}`,
  () => `suivi Mondial Relay ${digits(8)}`,
  () => `notre SIRET ${withLuhn(digits(13))} pour la facture`,
  () => `IMEI ${withLuhn(`35${digits(12)}`)} du téléphone`,
  () => `mon numéro est le 06 ${digits(2)} ${digits(2)} ${digits(2)} ${digits(2)}`,
  () => `appelez le +33 6 ${digits(2)} ${digits(2)} ${digits(2)} ${digits(2)}`,
  () => `le ${1 + whole(28)}/${10 + whole(2)}/2026 à ${whole(24)} h ${10 + whole(50)}`,
  () => `débité de ${1 + whole(900)},${10 + whole(90)} € deux fois`,
  () => `facture FA-2026-${digits(6)}`,
  () => `j'habite au ${1 + whole(99)} rue des Lilas, ${10_000 + whole(85_000)} Nantes`,
  () => `réf article 300${digits(10)}`,
  () => `ticket SUP-${pick(['4T7K2M', 'KK2W58', '9QX3BD'])}`,
  () => `je vous ai écrit ${1 + whole(9)} fois en ${1 + whole(30)} jours, dossier ${digits(8)}`,
];

test('of 20,000 strings of the shop at most 0.1 % are masked', () => {
  const masked: string[] = [];
  for (let i = 0; i < COUNT; i += 1) {
    const text = pick(SHOP)();
    if (redact(text).text !== text) masked.push(text);
  }
  expect({ seed: SEED, share: masked.length / COUNT <= 0.001, masked: masked.slice(0, 20) }).toEqual({
    seed: SEED,
    share: true,
    masked: masked.slice(0, 20),
  });
});
