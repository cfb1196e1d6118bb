import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readLabelled } from '../../adapters/storage/labelled.ts';
import { openSqliteStore } from '../../adapters/storage/sqlite.ts';
import { isNoWorse, judge, keep, type Labelled, newSentences } from '../../bot/learning.ts';
import { type Example, loadExamples } from '../../knowledge/examples.ts';
import { keepTurn } from '../storedTurn.ts';

/** Three small intents in three voices; nobody has yet said « colis » with « galère ». */
const FILES = {
  lost_parcel: `intent: lost_parcel
voices:
  # as most people write
  plain:
    - mon colis n'est pas arrivé
    - le livreur a perdu mon paquet
  polite:
    - "bonjour : où est mon colis ?"
    - pourriez-vous retrouver mon paquet
  sms:
    - g pa recu mon koli
    - koli perdu
`,
  payment_error: `intent: payment_error
voices:
  plain:
    - mon paiement est refusé
    - la carte ne passe pas
  polite:
    - bonjour, mon paiement n'aboutit pas
    - pourriez-vous regarder mon paiement par carte
  sms:
    - peman refuz
    - carte refuz
`,
  out_of_scope: `intent: out_of_scope
voices:
  plain:
    other:
      - quel temps fait-il
    product:
      - avez-vous ce pull en bleu
  polite:
    other:
      - connaîtriez-vous une bonne recette
  sms:
    product:
      - ya se pul en bleu
`,
};

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'guichet-learning-'));
  for (const [name, text] of Object.entries(FILES)) writeFileSync(join(folder, `${name}.yaml`), text);
});

test('what the files have already is not learned again, however it is written', () => {
  const labelled: Labelled[] = [
    { text: 'Mon COLIS n’est pas arrive !!', label: 'lost_parcel' },
    { text: 'galère de colis', label: 'lost_parcel' },
    { text: 'Galere de colis.', label: 'lost_parcel' },
    { text: '?!', label: 'lost_parcel' },
  ];
  expect(newSentences(labelled, loadExamples(folder))).toEqual([labelled[1]]);
});

/** Three voices that agree on their words, but that the third says « paquet » where the others say « colis ». */
const VOICES = ['a', 'b', 'c'].flatMap((voice) => {
  const parcel = voice === 'c' ? 'paquet' : 'colis';
  const said = (intent: string, ...texts: string[]): Example[] =>
    texts.map((text) => ({
      text: `${text} ${voice}`,
      intent,
      voice,
      ...(intent === 'out_of_scope' && { topic: 'other' }),
    }));
  return [
    ...said('lost_parcel', `mon ${parcel}`, `le ${parcel} perdu`, `un ${parcel} manque`),
    ...said('payment_error', 'mon paiement', 'le paiement refusé', 'un paiement manque'),
    ...said('out_of_scope', 'la météo', 'le temps demain', 'une recette'),
  ];
});

test('labels that help are kept, labels that harm are refused', () => {
  const as = (label: string, ...texts: string[]): Labelled[] => texts.map((text) => ({ text, label }));
  const good = judge(VOICES, as('lost_parcel', 'où est le paquet', 'paquet perdu', 'mon paquet manque'));
  expect(good.after.accuracy).toBeGreaterThan(good.before.accuracy);
  expect(isNoWorse(good)).toBe(true);
  const bad = judge(
    VOICES,
    as(
      'out_of_scope',
      'mon colis',
      'le colis perdu',
      'un colis manque',
      'colis',
      'le colis',
      'mon paiement',
      'le paiement',
    ),
  );
  expect(bad.before).toEqual(good.before);
  expect(isNoWorse(bad)).toBe(false);
});

test('kept sentences stand under a voice of their own, and nothing else of the files changes', () => {
  keep(folder, [
    { text: 'galère de colis', label: 'lost_parcel' },
    { text: '- oui: "non" #1', label: 'lost_parcel' },
    { text: 'il pleut ?', label: 'out_of_scope' },
  ]);
  const text = readFileSync(join(folder, 'lost_parcel.yaml'), 'utf8');
  expect(text.startsWith(FILES.lost_parcel)).toBe(true);
  expect(readFileSync(join(folder, 'payment_error.yaml'), 'utf8')).toBe(FILES.payment_error);
  const learned = loadExamples(folder).filter(({ voice }) => voice === 'learned');
  expect(learned).toEqual([
    { text: 'galère de colis', intent: 'lost_parcel', voice: 'learned' },
    { text: '- oui: "non" #1', intent: 'lost_parcel', voice: 'learned' },
    { text: 'il pleut ?', intent: 'out_of_scope', topic: 'other', voice: 'learned' },
  ]);
  keep(folder, [{ text: 'encore une', label: 'lost_parcel' }]);
  expect(loadExamples(folder).filter(({ voice }) => voice === 'learned')).toHaveLength(4);
});

test('labelled sentences are read beside a running server, but those that teach nothing', async () => {
  await expect(readLabelled({ DATA_DIR: folder })).rejects.toThrow('There is no database');
  const store = await openSqliteStore(folder);
  await store.openConversation({ id: 'c', channel: 'test', userId: 'u', now: new Date() });
  const at = new Date();
  await keepTurn(store, 'c', {
    misunderstood: ['un', 'deux', 'trois'].map((text, i) => ({ seq: i + 1, text, at })),
  });
  await store.records.label('c.1', 'lost_parcel');
  await store.records.label('c.2', 'ignore');
  expect(await readLabelled({ DATA_DIR: folder })).toEqual([{ text: 'un', label: 'lost_parcel' }]);
  await store.close();
});
