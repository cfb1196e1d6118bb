import { ACTS } from '../classifier.ts';
import { featuresOf } from '../classifier/features.ts';
import { vectorOf } from '../classifier/model.ts';
import { spellerOf } from '../classifier/speller.ts';
import { taskOf } from '../classifier/train.ts';
import { wordsOf } from '../classifier/words.ts';
import type { Example } from '../examples.ts';
import { examplesOf, GROUPS, heldOut, MISTYPED } from './evaluate.ts';
import { groupsOf } from './folds.ts';
import { averaged, byAdaGrad, byHinge, byLbfgs, type Learner } from './learners.ts';
import { slipMaker } from './slips.ts';

interface Recipe {
  learner: Learner;
  /** Training on a copy of each example with a quarter of its words mistyped, too. */
  mistypedCopies?: true;
}

/** The recipe in use, and what it could be replaced by. */
const RECIPES: Readonly<Record<string, Recipe>> = {
  'logistic loss, AdaGrad (in use)': { learner: byAdaGrad },
  'the same, averaged over five seeds': { learner: averaged },
  'the same, with a mistyped copy of each example': { learner: byAdaGrad, mistypedCopies: true },
  'logistic loss, L-BFGS': { learner: byLbfgs },
  'hinge loss, AdaGrad': { learner: byHinge },
};

/**
 * What each recipe gets right on the same messages, a fifth of the voices left out at a time; all features kept, no
 * weight rounded and no alarms, so that only the fitting differs.
 */
export async function compareRecipes(
  folder: string,
  tell: (done: number, all: number) => void,
): Promise<{ recipe: string; accuracy: number; seconds: number }[]> {
  const { examples, voices } = examplesOf(folder);
  const sums = Object.keys(RECIPES).map((recipe) => ({ recipe, right: 0, seconds: 0 }));
  let all = 0;
  for (const [done, held] of groupsOf(voices, GROUPS).entries()) {
    const known = examples.filter(({ voice }) => !held.includes(voice));
    const asked = heldOut(examples, { held });
    for (const sum of sums) {
      const began = performance.now();
      const guess = fit(RECIPES[sum.recipe]!, known);
      sum.seconds += (performance.now() - began) / 1_000 / GROUPS;
      sum.right += asked.filter(({ text, intent }) => guess(text) === intent).length;
    }
    all += asked.length;
    tell(done + 1, GROUPS);
  }
  return sums.map(({ recipe, right, seconds }) => ({ recipe, accuracy: right / all, seconds }));
}

function fit({ learner, mistypedCopies }: Recipe, known: readonly Example[]): (text: string) => string {
  const slip = slipMaker(MISTYPED);
  const copies = mistypedCopies ? known.map(({ text, ...rest }) => ({ ...rest, text: slip(text) })) : [];
  const speller = spellerOf(known.map(({ text }) => wordsOf(text)));
  const read = (text: string) => featuresOf(wordsOf(text).map((word) => speller.correct(word)));
  const task = taskOf(
    [...known, ...copies].map(({ text, intent }) => ({ features: read(text), label: intent })),
  );
  const { labels, index, rarities } = task;
  const { weights, bias } = learner(task, index.size, labels.length);
  return (text) => {
    const { indexes, values } = vectorOf(read(text), (id) => index.get(id), rarities);
    const scores = labels.map((label, l) =>
      ACTS.includes(label)
        ? -Infinity
        : indexes.reduce((sum, at, i) => sum + weights[at * labels.length + l]! * values[i]!, bias[l]!),
    );
    return labels[scores.indexOf(Math.max(...scores))]!;
  };
}
