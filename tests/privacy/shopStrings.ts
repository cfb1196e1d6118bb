import { passesLuhn } from '../../bot/redaction/cardBrands.ts';
import { cutBy, type Dice } from './dice.ts';

/** What customers write that is no card: each gives the messages of a conversation, of which nothing may be masked. */
const SHOP_STRINGS: Readonly<Record<string, (dice: Dice) => string[]>> = {
  order: (d) => [`où en est ma commande ${d.digits(8)} ?`],
  'order with prefix': (d) => [`commande CMD-${d.digits(6)} toujours pas arrivée`],
  'orders, two': (d) => [`mes commandes ${d.digits(8)} et ${d.digits(8)} sont bloquées`],
  'order, marketplace': (d) => [`commande ${d.digits(3)}-${d.digits(7)}-${d.digits(7)}`],
  'order, sixteen digits': (d) => [`commande n° ${d.digits(16)}`],
  'order, then a date and a price': (d) => [`commande ${d.digits(9)} du ${date(d)}, ${price(d)}`],
  Colissimo: (d) => [`numéro de suivi 6A${d.digits(11)}`],
  'Colissimo, bare': (d) => [`8L${d.digits(11)}`],
  'Colissimo, in groups': (d) => [`suivi 8N ${groups(d.digits(11), [5, 5, 1])}`],
  Chronopost: (d) => [`suivi ${d.pick(['XY', 'EE', 'LX'])}${d.digits(9)}FR chronopost`],
  'Chronopost, bare': (d) => [`XY ${groups(d.digits(9), [3, 3, 3])} FR`],
  DPD: (d) => [`suivi DPD ${d.digits(14)}`],
  'DPD, in groups': (d) => [`mon colis dpd : ${groups(d.digits(14), [4, 4, 4, 2])}`],
  GLS: (d) => [`suivi GLS ${d.digits(11)}`],
  UPS: (d) => [`1Z${d.digits(3)}W${d.digits(11)}`],
  FedEx: (d) => [`colis FedEx ${d.digits(12)}`],
  DHL: (d) => [`colis DHL JJD${d.digits(18)}`],
  'Mondial Relay': (d) => [`suivi Mondial Relay ${d.digits(8)}`],
  SSCC: (d) => [`étiquette du colis (00) ${d.digits(18)}`],
  SIRET: (d) => [`notre SIRET ${siret(d)} pour la facture`],
  'SIRET, in groups': (d) => [`SIRET : ${groups(siret(d), [3, 3, 3, 5])}`],
  'SIRET, bare': (d) => [siret(d)],
  SIREN: (d) => [`SIREN ${groups(siren(d), [3, 3, 3])}`],
  VAT: (d) => [`TVA FR${d.digits(2)} ${siren(d)}`],
  IMEI: (d) => [`IMEI ${d.luhn('35', 15)} du téléphone`],
  'IMEI, bare': (d) => [d.luhn(d.pick(['35', '86', '01', '99']), 15)],
  'IMEI, in groups': (d) => [`imei: ${groups(d.luhn('35', 15), [2, 6, 6, 1])}`],
  ICCID: (d) => [`carte SIM ${d.luhn('8933', 19)}`],
  'EAN from 4': (d) => [`le code-barres ${d.ean('4')}`],
  'EAN from 4, bare': (d) => [d.ean('4')],
  'EAN from 4, in groups': (d) => [groups(d.ean('4'), [1, 6, 6])],
  EAN: (d) => [`réf article ${d.ean('3')}`],
  ISBN: (d) => [`ISBN ${groups(d.ean('978'), [3, 1, 4, 4, 1])}`],
  telephone: (d) => [`mon numéro est le 06 ${groups(d.digits(8), [2, 2, 2, 2])}`],
  telephones: (d) => [`06${d.digits(8)} ou 01.${groups(d.digits(8), [2, 2, 2, 2], '.')}`],
  'telephone, abroad': (d) => [`+33 6 ${groups(d.digits(8), [2, 2, 2, 2])} ou +49 ${d.digits(11)}`],
  'telephone and postcode': (d) => [`06${d.digits(8)} ${postcode(d)}`],
  date: (d) => [`le ${date(d)} à ${time(d)}`],
  hours: (d) => [`entre ${d.below(24)}h${10 + d.below(50)} et ${d.below(24)}h${10 + d.below(50)}`],
  'log lines': (d) => [
    `2026-11-0${1 + d.below(9)} ${time(d)}:0${d.below(9)} erreur 500, requête ${d.digits(10)}`,
  ],
  timestamp: (d) => [`timestamp ${1_700_000_000_000 + d.below(1_000_000_000)}`],
  amounts: (d) => [`débité de ${price(d)} le ${date(d)} puis ${price(d)} le ${date(d)}`],
  'amounts, large': (d) => [
    `à ${1 + d.below(9)} ${d.digits(3)},${d.digits(2)} € au lieu de ${d.digits(4)},00 €`,
  ],
  'list of prices': (d) => [
    Array.from({ length: 6 }, () => `${d.below(90) + 10},${d.digits(2)}`).join(' ; '),
  ],
  invoice: (d) => [`facture FA-2026-${d.digits(6)}`],
  'invoice, long': (d) => [`facture 2026${d.digits(10)}`],
  address: (d) => [`j'habite au ${1 + d.below(99)} rue des Lilas, ${postcode(d)} Nantes`],
  ticket: (d) => [`ticket SUP-${d.pick(['4T7K2M', 'KK2W58', '9QX3BD'])}`],
  customer: (d) => [`client n° ${d.digits(10)}, dossier ${d.digits(8)}`],
  'page address': (d) => [`https://boutique.example/p/${d.digits(8)}?ref=${d.digits(6)}&page=2#avis`],
  'encoded address': (d) => [
    `https://boutique.example/q=table%20${d.digits(3)}%2C${d.digits(2)}%20cm%20${d.digits(4)}`,
  ],
  'loyalty card': (d) => [`ma carte de fidélité ${d.digits(10)}`],
  voucher: (d) => [`carte cadeau ${groups(d.digits(12), [4, 4, 4])} refusée`],
  counts: (d) => [`je vous ai écrit ${1 + d.below(9)} fois en ${1 + d.below(30)} jours`],
  discount: (d) => [`-${10 + d.below(60)}% sur 3 articles à ${price(d)}, code PROMO${d.digits(4)}`],
  'answers to questions': (d) => [
    'B:Quel est votre numéro de commande ?',
    d.digits(8),
    'B:Votre code postal ?',
    postcode(d),
    'B:Votre téléphone ?',
    `06${d.digits(8)}`,
  ],
  'numbers, one a message': (d) => [`commande ${d.digits(8)}`, postcode(d), `06${d.digits(8)}`],
  'words and numbers': (d) => [
    `un colis, deux articles, trois retours, quatre appels, dossier ${d.digits(6)}`,
  ],
};

/** The messages of one, and its name. */
export function shopString(dice: Dice): { name: string; messages: string[] } {
  const [name, write] = dice.pick(Object.entries(SHOP_STRINGS));
  return { name, messages: write(dice) };
}

const groups = (digits: string, sizes: readonly number[], separator = ' '): string =>
  cutBy(digits, sizes).join(separator);
const two = (value: number): string => String(value).padStart(2, '0');
const date = (d: Dice): string => `${two(1 + d.below(28))}/${two(1 + d.below(12))}/2026`;
const time = (d: Dice): string => `${two(d.below(24))}:${two(d.below(60))}`;
const price = (d: Dice): string => `${1 + d.below(900)},${two(d.below(100))} €`;
const postcode = (d: Dice): string => String(10_000 + d.below(85_000));
const siren = (d: Dice): string => d.luhn(d.pick([...'3456789']), 9);

/** A company's number and that of its establishment; the whole passes Luhn as well. */
function siret(d: Dice): string {
  for (;;) {
    const number = `${siren(d)}000${d.digits(2)}`;
    if (passesLuhn(number)) return number;
  }
}
