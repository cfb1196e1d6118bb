import { loadClassifier, trainClassifier, IntentClassifier } from '../../knowledge/classifier.ts';
import { loadExamples } from '../../knowledge/examples.ts';
import { MODEL_FOLDER } from '../modelFolder.ts';

const classifier = loadClassifier({ intents: 'knowledge/intents', cacheDir: MODEL_FOLDER });

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
  expect(classifier.classify(text).intent).toBe(intent);
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

test('the same examples train the same model', () => {
  const some = loadExamples('knowledge/intents').filter((_, i) => i % 40 === 0);
  const [one, other] = [trainClassifier(some), trainClassifier(some)];
  expect(one.intents.weights.length).toBeGreaterThan(0);
  expect(Buffer.from(one.intents.weights.buffer).equals(Buffer.from(other.intents.weights.buffer))).toBe(
    true,
  );
  expect(new IntentClassifier(one).classify('bonjour')).toEqual(
    new IntentClassifier(other).classify('bonjour'),
  );
});

test('a very long word and a very long text are read, not choked on', () => {
  expect(classifier.classify('a'.repeat(100_000)).confidence).toBeGreaterThan(0);
  expect(classifier.classify('mon colis est perdu '.repeat(5_000)).intent).toBe('lost_parcel');
});
