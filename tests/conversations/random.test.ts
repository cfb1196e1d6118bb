import fc from 'fast-check';
import { flows } from '../../dialogs/index.ts';
import { Chat, type Said } from '../chat.ts';

/* Customers who say anything at any time; what holds in every conversation. */

/** A readable answer to each question, with what the ticket keeps of it. */
const ANSWERS: Record<string, [string, string]> = {
  registrationEmail: ['luc@exemple.fr', 'luc@exemple.fr'],
  email: ['c’est luc@exemple.fr', 'luc@exemple.fr'],
  resetAsked: ['ouais', 'yes'],
  resetAskedAt: ['il y a 20 minutes', '2026-03-18T13:10:00.000Z'],
  description: ['la boîte est vide, rien depuis lundi', 'la boîte est vide, rien depuis lundi'],
  exactMessage: ['Erreur interne du serveur', 'Erreur interne du serveur'],
  tries: ['4 fois', '4'],
  lastTryAt: ['il y a 20 minutes', '2026-03-18T13:10:00.000Z'],
  stillFails: ['oui', 'yes'],
  url: ['https://boutique.example/panier', 'https://boutique.example/panier'],
  browser: ['firefox', 'Firefox'],
  symptom: ['le bouton', 'invisible_button'],
  privateWindow: ['non', 'no'],
  since: ['depuis lundi', 'depuis lundi'],
  seenAt: ['hier', '2026-03-17'],
  page: ['panier', 'cart'],
  otherMeans: ['oui', 'yes'],
  bankContacted: ['pas encore', 'no'],
  orderNumber: ['100245', '100245'],
  amount: ['59,90 €', '59.90 EUR'],
  failedAt: ['hier', '2026-03-17'],
  trackingNumber: ['6A12345678901', '6A12345678901'],
  saysDelivered: ['oui', 'yes'],
  neighboursAsked: ['oui', 'yes'],
  observed: ['une commande inconnue', 'une commande inconnue'],
  observedAt: ['hier', '2026-03-17'],
  origin: ['Chine', 'Chine'],
  passwordChanged: ['oui', 'yes'],
};

const OPENINGS = [
  'Accès au compte',
  'Connexion refusée',
  'Affichage',
  'Lenteur',
  'Paiement',
  'Colis',
  'Sécurité',
];
const NONSENSE = ['%%%', 'zblurg', '…', 'xyz xyz', '🤷', ')))', '\u200b?', 'éèà'];
const QUESTIONS = [
  'pourquoi ?',
  'je ne sais pas',
  'vous êtes ouverts demain ?',
  'c’est où ?',
  'merci',
  'bonjour',
];
const COMMANDS = ['aide', 'répéter', 'menu', 'modifier', 'retour', 'recommencer', 'annuler', 'oui', 'non'];

type Move = { kind: 'answer' } | { kind: 'nonsense' | 'question' | 'command'; text: string };
const move: fc.Arbitrary<Move> = fc.oneof(
  { weight: 5, arbitrary: fc.constant<Move>({ kind: 'answer' }) },
  { weight: 2, arbitrary: fc.constantFrom(...NONSENSE).map((text): Move => ({ kind: 'nonsense', text })) },
  { weight: 2, arbitrary: fc.constantFrom(...QUESTIONS).map((text): Move => ({ kind: 'question', text })) },
  { weight: 2, arbitrary: fc.constantFrom(...COMMANDS).map((text): Move => ({ kind: 'command', text })) },
);

/** Says one line and checks what holds after each: an answer, no apology for a failure, nothing sent by itself. */
async function say(chat: Chat, text: string): Promise<Said> {
  const said = await chat.says(text);
  const heard = `« ${text} » → ${said.text}`;
  expect(heard).not.toContain('une erreur s’est produite');
  expect(said.text.trim()).not.toBe('');
  // "Oui" at the recap sends, as the button does.
  if (!/envoy|oui|c’est bon/i.test(text)) expect(heard).not.toContain('porte la référence');
  return said;
}

const RUNS = { numRuns: 25, endOnFailure: true };
/** Some hundreds of turns, on a machine that may be busy. */
const PATIENCE_MS = 120_000;

test(
  'whatever is said: always an answer, nothing sent before « Envoyer », a human within four messages',
  async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...OPENINGS),
        fc.array(move, { maxLength: 14 }),
        async (opening, moves) => {
          const chat = new Chat();
          try {
            let said = await say(chat, opening);
            for (const step of moves) {
              said = await say(
                chat,
                step.kind === 'answer' ? (ANSWERS[said.asks ?? '']?.[0] ?? 'Colis') : step.text,
              );
            }
            said = await say(chat, 'parler à un humain');
            for (let left = 3; left > 0 && !said.choices.includes('Envoyer'); left -= 1)
              said = await say(chat, 'passer');
            expect(said.choices).toContain('Envoyer');
            expect((await say(chat, 'Envoyer')).text).toContain('porte la référence');
          } finally {
            chat.end();
          }
        },
      ),
      RUNS,
    );
  },
  PATIENCE_MS,
);

test(
  'a question whose answer is not understood comes three times at most',
  async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...OPENINGS),
        fc.array(fc.constantFrom(...NONSENSE, 'pourquoi ?', 'je ne sais pas'), {
          minLength: 4,
          maxLength: 14,
        }),
        async (opening, lines) => {
          const chat = new Chat();
          try {
            let said = await say(chat, opening);
            const times = new Map<string, number>();
            for (const line of lines) {
              if (said.asks === undefined) break;
              const asked = (times.get(said.asks) ?? 0) + 1;
              times.set(said.asks, asked);
              expect([said.asks, asked <= 3]).toEqual([said.asks, true]);
              said = await say(chat, line);
            }
          } finally {
            chat.end();
          }
        },
      ),
      RUNS,
    );
  },
  PATIENCE_MS,
);

test(
  'no detail given is lost, whatever is said between',
  async () => {
    const between = fc.constantFrom(undefined, undefined, ...QUESTIONS.slice(2), 'aide', 'répéter');
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...OPENINGS),
        fc.array(between, { minLength: 8, maxLength: 8 }),
        async (opening, asides) => {
          const chat = new Chat();
          try {
            let said = await say(chat, opening);
            const given = new Map<string, string>();
            for (const aside of asides) {
              if (aside !== undefined) said = await say(chat, aside);
              const [answer, value] = ANSWERS[said.asks ?? ''] ?? [];
              if (said.asks === undefined || answer === undefined || value === undefined) break;
              given.set(said.asks, value);
              said = await say(chat, answer);
            }
            while (!said.choices.includes('Envoyer')) said = await say(chat, 'passer');
            await say(chat, 'Envoyer');
            const [ticket] = await chat.tickets();
            const kept = new Map(ticket!.details.map(({ name, value }) => [name, value]));
            for (const [name, value] of given) expect([name, kept.get(name)]).toEqual([name, value]);
          } finally {
            chat.end();
          }
        },
      ),
      RUNS,
    );
  },
  PATIENCE_MS,
);

test('every detail of every flow has an answer here', () => {
  const names = new Set(flows.flatMap((flow) => flow.slots.map((slot) => slot.name)));
  expect([...names].filter((name) => !(name in ANSWERS))).toEqual([]);
});
