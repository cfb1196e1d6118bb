import type { Dice } from './dice.ts';

/** A message with a secret in it, of which nothing may be kept. */
export interface SecretVariant {
  message: string;
  secret: string;
}

const CVV_CUES = [
  'cvv',
  'CVV',
  'cvc',
  'CVC2',
  'cryptogramme',
  'code de sécurité',
  'cryptogramme visuel',
  'crypto',
];
const LINKS = [
  ' ',
  ' : ',
  ': ',
  ' = ',
  '=',
  ' est ',
  " c'est ",
  ' c’est le ',
  ' est le ',
  ' -> ',
  ' (',
  '\n',
];
const CVV_ENDS = ['', ' svp', '.', ', merci', ' et ça bloque', ' !', '\nmerci'];

export function cvv(dice: Dice): SecretVariant {
  const digits = dice.digits(dice.pick([3, 3, 3, 4]));
  const secret = dice.chance() < 0.2 ? [...digits].join(' ') : digits;
  const message =
    dice.chance() < 0.2
      ? `les ${digits.length} chiffres au dos : ${secret}${dice.pick(CVV_ENDS)}`
      : `${dice.pick(['', 'mon ', 'le ', 'carte refusée, '])}${dice.pick(CVV_CUES)}${dice.pick(LINKS)}${secret}${dice.pick(CVV_ENDS)}`;
  return { message, secret };
}

const PASSWORD_CUES = [
  'mot de passe',
  'Mot de passe',
  'mdp',
  'MDP',
  'password',
  'mot 2 passe',
  'code secret',
  'pwd',
];
const PASSWORD_LINKS = [' : ', ': ', ' = ', '=', ' est ', " c'est ", ' c’est ', ' -> ', ' est « '];
const PASSWORD_ENDS = ['', ' merci', ', aidez-moi', '\nmerci', ' et ça ne marche pas', '. Que faire ?'];
const WORDS = [
  'Soleil',
  'azerty',
  'Doudou',
  'chaton',
  'PSG',
  'marseille',
  'Camille',
  'qwerty',
  'loulou',
  'Bretagne',
];

/** As people make them: a word, digits, a sign. */
export function password(dice: Dice): SecretVariant {
  const word = dice.pick(WORDS);
  const digits = dice.digits(1 + dice.below(4));
  const sign = dice.pick(['', '', '!', '?', '$', '*', '@', '#', '_', '-']);
  const secret = dice.pick([word + digits + sign, word + sign + digits, digits + word, sign + word + digits]);
  const link = dice.pick(PASSWORD_LINKS);
  const close = link.includes('«') ? ' »' : '';
  const opening = dice.pick([
    '',
    'mon ',
    'Bonjour, mon ',
    'je n’arrive pas à entrer. ',
    'identifiant marie@exemple.fr, ',
  ]);
  return {
    message: `${opening}${dice.pick(PASSWORD_CUES)}${link}${secret}${close}${dice.pick(PASSWORD_ENDS)}`,
    secret,
  };
}

/** Country, and the length of what follows the check digits. */
const COUNTRIES = [
  ['FR', 23],
  ['DE', 18],
  ['ES', 20],
  ['PT', 21],
  ['AT', 16],
  ['PL', 24],
] as const;

export function iban(dice: Dice): SecretVariant {
  const [country, length] = dice.pick(COUNTRIES);
  const body = dice.digits(length);
  const value = [...`${body}${country}00`].map((char) => parseInt(char, 36)).join('');
  const whole = `${country}${String(98n - (BigInt(value) % 97n)).padStart(2, '0')}${body}`;
  const separator = dice.pick(['', ' ', '-', '.', '\u00a0', '\u202f']);
  const written = separator === '' ? whole : whole.match(/.{1,4}/g)!.join(separator);
  const context = dice.pick(['', 'mon IBAN ', 'remboursez-moi sur ', 'RIB : ', 'voici le compte\n']);
  return {
    message: `${context}${dice.pick([written, written.toLowerCase()])}${dice.pick(['', ' merci', '.'])}`,
    secret: body.slice(0, -4),
  };
}

export function resetLink(dice: Dice): SecretVariant {
  const secret = `${dice.digits(4)}${dice.pick(['abcDEF', 'xYzQrs', 'kLmNop'])}${dice.digits(8)}`;
  const address = dice.pick([
    `https://boutique.example/reset?token=${secret}`,
    `https://boutique.example/mot-de-passe/${secret}`,
    `https://boutique.example/fr/reset-password/${secret}?lang=fr`,
    `https://boutique.example/compte?magic_token=${secret}&page=1`,
    `www.boutique.example/reinitialisation/${secret}`,
    `https://marie:${secret}@boutique.example/compte`,
  ]);
  const opening = dice.pick(['', 'le lien ', 'ce lien ne marche pas : ', '<', '(', '[lien](']);
  return { message: `${opening}${address}${dice.pick(['', ' merci', '.', ' ?'])}`, secret };
}
