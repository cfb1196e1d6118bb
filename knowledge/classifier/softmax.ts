import { type Features, featuresOf } from './features.ts';
import { Model, softmax } from './model.ts';
import { Speller, spellerOf } from './speller.ts';
import { type TrainOptions, trainModel } from './train.ts';
import { wordsOf } from './words.ts';

/** A text, or its features where they are read already. */
type Observation = string | Features;

/**
 * A multinomial logistic regression behind the interface of natural's classifiers (addDocument, train,
 * getClassifications). Natural's own underflow on thousands of features, or take minutes and drop the intercept.
 */
export class SoftmaxClassifier {
  private readonly documents: { words: string[]; label: string }[] = [];
  private model: Model | undefined;
  private speller: Speller | undefined;

  /** Trained already, when given what training made; empty otherwise. */
  constructor(model?: Model, speller?: Speller) {
    this.model = model;
    this.speller = speller;
  }

  addDocument(text: string, label: string): void {
    this.documents.push({ words: wordsOf(text), label });
  }

  /** Trains on the documents added; `speller`: the one of another classifier, instead of one of its own. */
  train(options: TrainOptions, speller = spellerOf(this.documents.map(({ words }) => words))): void {
    this.speller = speller;
    this.model = trainModel(
      this.documents.map(({ words, label }) => ({ features: this.read(words), label })),
      options,
    );
  }

  get trained(): { model: Model; speller: Speller } {
    if (!this.model || !this.speller)
      throw new Error('The classifier knows nothing yet; add documents and call train().');
    return { model: this.model, speller: this.speller };
  }

  /** Every label with its probability, likeliest first. A higher temperature makes the classifier less sure of itself. */
  getClassifications(observation: Observation, temperature = 1): { label: string; value: number }[] {
    const { model } = this.trained;
    const values = softmax(this.logits(observation), temperature);
    return model.parts.labels
      .map((label, i) => ({ label, value: values[i]! }))
      .sort((a, b) => b.value - a.value);
  }

  /** What the text speaks for, in the order of the model's labels. */
  logits(observation: Observation): Float64Array {
    const features = typeof observation === 'string' ? this.read(wordsOf(observation)) : observation;
    return this.trained.model.logits(features);
  }

  /** The features of words; the same for every classifier with this speller. */
  read(words: readonly string[]): Features {
    const speller = this.speller!;
    return featuresOf(words.map((word) => speller.correct(word)));
  }
}
