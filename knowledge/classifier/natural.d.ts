declare module 'natural/lib/natural/stemmers/porter_stemmer_fr.js' {
  const stemmer: { stem(word: string): string };
  export default stemmer;
}
declare module 'natural/lib/natural/classifiers/bayes_classifier.js' {
  export default class BayesClassifier {
    constructor(stemmer?: unknown);
    addDocument(words: string[], label: string): void;
    train(): void;
    getClassifications(words: string[]): { label: string; value: number }[];
  }
}
