import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { IntentClassifier, trainClassifier } from '../../knowledge/classifier.ts';
import { clausesOf } from '../../knowledge/classifier/clauses.ts';
import { Speller, spellerOf } from '../../knowledge/classifier/speller.ts';
import { wordsOf } from '../../knowledge/classifier/words.ts';
import { loadExamples } from '../../knowledge/examples.ts';
import { ensureModel, loadClassifier, packModels, readModels } from '../../knowledge/modelFile.ts';
import { MODEL_FOLDER } from '../modelFolder.ts';

const PLACE = { intents: 'knowledge/intents', cacheDir: MODEL_FOLDER };
const classifier = loadClassifier(PLACE);

describe('what a message is about', () => {
  test.each([
    ['Colis marqué livré hier, boîte aux lettres vide', 'lost_parcel'],
    ['impossible de payer, la carte est rejetée par le site', 'payment_error'],
    ['g oublier mon mdp', 'account_access'],
    ['votre site rame depuis ce matin', 'slowness'],
    ['le bouton valider n’apparait pas sur mon telephone', 'display_bug'],
    ['une commande que je n’ai jamais passée apparaît sur mon compte', 'suspicious_activity'],
    ['JE VEUX PARLER A UN CONSEILLER', 'human_agent'],
    ['à quelle heure ouvre le support ?', 'support_contact'],
    ['je voudrais une facture pour ma commande', 'out_of_scope'],
  ])('« %s » is %s', (text, intent) => {
    expect(classifier.classify(text)).toMatchObject({
      intent,
      action: intent === 'out_of_scope' ? 'out_of_scope' : 'route',
    });
  });

  test.each([
    ['mon compte netflix est bloqué', 'other_service'],
    ['je veux annuler ma commande', 'cancel_order'],
    ['comment renvoyer un pantalon trop petit ?', 'returns'],
  ])('« %s » is out of scope, with the pointer %s', (text, topic) => {
    expect(classifier.classify(text)).toMatchObject({ intent: 'out_of_scope', topic });
  });

  test.each([
    ['Votre site est très lent, et le bouton valider ne répond pas.', ['slowness', 'display_bug']],
    [
      'j’ai oublié mon mot de passe et je voudrais savoir où est mon colis qui devait arriver lundi',
      ['account_access', 'lost_parcel'],
    ],
  ])('both problems of « %s » are found', (text, both) => {
    const { intent, second } = classifier.classify(text);
    expect([intent, second].sort()).toEqual([...both].sort());
  });

  test('one problem told in two sentences is one', () => {
    expect(
      classifier.classify('Mon colis n’est pas arrivé. Le suivi ne bouge plus depuis lundi.').second,
    ).toBe(undefined);
  });

  test('slips of the keyboard change nothing', () => {
    expect(classifier.classify('mon coils est marqué livér mais jai rien reçuu').intent).toBe('lost_parcel');
  });
});

test('confidences are probabilities, best first, with alternatives', () => {
  const { confidence, alternatives } = classifier.classify('mon colis est perdu');
  const all = [confidence, ...alternatives.map((guess) => guess.confidence)];
  expect(all).toEqual([...all].sort((a, b) => b - a));
  expect(all.every((value) => value >= 0 && value <= 1)).toBe(true);
});

test('dialogue acts win only where the conversation makes them likely', () => {
  expect(classifier.classify('oui c’est exact').intent).not.toBe('affirm');
  expect(classifier.classify('oui c’est exact', { acts: ['affirm', 'deny'] }).intent).toBe('affirm');
});

test('a very long word and a very long text are read, not choked on', () => {
  expect(classifier.classify('a'.repeat(100_000)).confidence).toBeGreaterThan(0);
  expect(classifier.classify('mon colis est perdu '.repeat(5_000)).intent).toBe('lost_parcel');
});

describe('the model', () => {
  const some = loadExamples('knowledge/intents').filter((_, i) => i % 60 === 0);

  test('the same examples train the same bytes', () => {
    expect(packModels(trainClassifier(some)).equals(packModels(trainClassifier(some)))).toBe(true);
  });

  test('what is read from the file says what the trained one says', () => {
    const trained = trainClassifier(some);
    const read = new IntentClassifier(readModels(packModels(trained)));
    for (const { text } of some.slice(0, 50))
      expect(read.classify(text)).toEqual(new IntentClassifier(trained).classify(text));
  });

  test('weighs at most 300 kB gzip', () => {
    const { file, trained } = ensureModel(PLACE);
    expect(trained).toBe(false);
    expect(gzipSync(readFileSync(file)).length).toBeLessThanOrEqual(300 * 1024);
  });

  test('is kept by content: another example, another file', () => {
    const cacheDir = mkdtempSync(join(tmpdir(), 'guichet-model-'));
    const intents = mkdtempSync(join(tmpdir(), 'guichet-intents-'));
    const write = (sentence: string): void =>
      writeFileSync(
        join(intents, 'greeting.yaml'),
        `intent: greeting\nvoices:\n  plain:\n    - ${sentence}\n    - bonsoir\n`,
      );
    write('bonjour');
    const first = ensureModel({ intents, cacheDir });
    expect(ensureModel({ intents, cacheDir })).toEqual({ ...first, trained: false });
    write('salut');
    expect(ensureModel({ intents, cacheDir }).file).not.toBe(first.file);
  });
});

describe('words', () => {
  test('numbers, addresses and links are masked, question marks and emoji are words', () => {
    expect(wordsOf('Où est CMD-100245 ?? écrire à luc@exemple.fr, https://x.fr/a 📦')).toEqual([
      'ou',
      'est',
      'numbermask',
      'questionmark',
      'questionmark',
      'ecrire',
      'a',
      'emailmask',
      'urlmask',
      `emoji${'📦'.codePointAt(0)!.toString(36)}`,
    ]);
  });

  const speller = new Speller(['colis', 'livraison', 'commande', 'livre']);
  test.each([
    ['coils', 'colis'],
    ['colsi', 'colis'],
    ['livraisno', 'livraison'],
    ['livrraisno', 'livraison'],
    ['colis', 'colis'],
    ['livre', 'livre'],
    ['zzz', 'zzz'],
    ['chat', 'chat'],
  ])('« %s » was meant to be « %s »', (typed, meant) => {
    expect(speller.correct(typed)).toBe(meant);
  });

  test('the speller knows what stands in three texts, the most frequent first', () => {
    const texts = [
      ['colis', 'perdu'],
      ['colis', 'perdu'],
      ['colis', 'perdu'],
      ['colis', 'rare'],
    ];
    expect(spellerOf(texts).vocabulary).toEqual(['colis', 'perdu']);
  });

  test('clauses are cut at full stops and joints, and a single one is none', () => {
    expect(clausesOf('Le site est lent. En plus mon colis est perdu')).toEqual([
      'Le site est lent',
      'mon colis est perdu',
    ]);
    expect(clausesOf('mon colis est perdu')).toEqual([]);
  });
});
