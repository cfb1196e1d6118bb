import { bareAnswer } from '../dialogs/french.ts';

const ENGLISH = new Set(
  "the my is are was were not never arrived i i'm i've you your have has had please help hello hi order parcel package password account can't cannot don't doesn't didn't it isn't this that with and for to on of in a an received delivered where what when how why need want reset card payment declined website site log login working does do did can could would my get got been refund".split(
    ' ',
  ),
);
const FRENCH = new Set(
  "le la les un une des du de mon ma mes je j'ai suis est et pas ne n'ai sur avec pour dans au aux ce cette mais ou que qui il elle vous nous bonjour merci svp c'est ca commande colis compte mot passe toujours plus rien jamais depuis".split(
    ' ',
  ),
);

const ENGLISH_GREETING = /^(?:hi|hey|(?:hi|hello|hey) (?:there|bot|all)|good (?:morning|afternoon|evening))$/;

/** Whether most letters of a message are of another alphabet, which no support here reads. */
function isOtherScript(text: string): boolean {
  const letters = text.match(/\p{L}/gu) ?? [];
  return (
    letters.length > 3 &&
    letters.filter((letter) => !/\p{Script=Latin}/u.test(letter)).length > letters.length / 2
  );
}

/**
 * Whether a message is in another language than French: of another alphabet; or English, which is a greeting, or at least
 * three English words and twice as many as French ones.
 */
export function isForeign(text: string): boolean {
  if (isOtherScript(text)) return true;
  if (ENGLISH_GREETING.test(bareAnswer(text))) return true;
  const words = bareAnswer(text).split(' ');
  const english = words.filter((word) => ENGLISH.has(word)).length;
  const french = words.filter((word) => FRENCH.has(word)).length;
  return english >= 3 && english > 2 * french && english >= words.length / 3;
}

const MACHINE =
  /\b(?:(?:es[- ]tu|etes[- ]vous|t'es|tu es|vous etes|c'est|suis[- ]je avec|je parle a|est[- ]ce que (?:vous etes|tu es|je parle a)|y a[- ]t[- ]il) (?:bien )?(?:a )?(?:un |une |des )?(?:vraie? )?(?:robots?|bots?|machine|ia|intelligence artificielle|ordinateur|chatbot|humain|humaine|personne (?:reelle|humaine)|vraie personne|automate|repondeur))\b/;

const WHO =
  /^(?:(?:bonjour|mais|et|vous) )*(?:qui (?:es tu|etes vous|me parle|me repond|est ce)|(?:t'es|tu es|vous etes|c'est) qui|(?:a|avec) qui (?:je parle|ai je affaire|est ce que je parle))(?: (?:toi|vous|la|au juste|exactement))*$/;

/** "Êtes-vous un robot ?", "je parle à une vraie personne ?", "qui êtes-vous ?": a question about what answers, not a wish for a human. */
export function asksWhetherMachine(text: string): boolean {
  const said = bareAnswer(text);
  return text.length < 80 && (MACHINE.test(said) || WHO.test(said));
}
