import BayesClassifier from 'natural/lib/natural/classifiers/bayes_classifier.js';
import stemmer from 'natural/lib/natural/stemmers/porter_stemmer_fr.js';
import { wordsOf } from '../classifier/words.ts';
import type { Example } from '../examples.ts';

/** Gives the intent of a text; what the figures of our own classifier are set beside. */
export type Reference = (text: string) => Promise<string>;

/** natural's naive Bayes on French stems. */
export function trainBayes(examples: readonly Example[]): Reference {
  const bayes = new BayesClassifier();
  const stems = (text: string): string[] => wordsOf(text).map((word) => stemmer.stem(word));
  for (const { text, intent } of examples) bayes.addDocument(stems(text), intent);
  bayes.train();
  return async (text) => bayes.getClassifications(stems(text))[0]!.label;
}

/** nlp.js with its French language package; it is a development dependency, so it is loaded only here. */
export async function trainNlpJs(examples: readonly Example[]): Promise<Reference> {
  const [{ containerBootstrap }, { Nlp }, { LangFr }] = await Promise.all([
    import('@nlpjs/core'),
    import('@nlpjs/nlp'),
    import('@nlpjs/lang-fr'),
  ]);
  const container = await containerBootstrap();
  container.use(Nlp);
  container.use(LangFr);
  const nlp = container.get('nlp');
  Object.assign(nlp.settings, { autoSave: false, modelFileName: '', nlu: { log: false } });
  nlp.addLanguage('fr');
  for (const { text, intent } of examples) nlp.addDocument('fr', text, intent);
  await nlp.train();
  return async (text) => {
    const { intent } = await nlp.process('fr', text);
    return intent === 'None' ? 'out_of_scope' : intent;
  };
}
