import type { Classification } from '../classifier.ts';

/** A message with its true label, and what the classifier made of it. */
export interface Judged {
  text: string;
  label: string;
  /** The label of a second problem in the message, which is right too. */
  second?: string;
  /** Voice or style, for figures apart. */
  style: string;
  said: Classification;
}

export interface Measures {
  messages: number;
  accuracy: number;
  /** The mean over the labels of the harmonic mean of recall and precision. */
  macroF1: number;
  /** Expected calibration error over ten bins of confidence. */
  ece: number;
  /** Of all messages: acted on under a wrong intent, without asking. */
  routedWrong: number;
  /** Of all messages: a problem that we treat, called out of scope without asking. */
  refusedWrong: number;
  asked: number;
  /** Of all messages: right at once, or among the choices of one question. */
  resolved: number;
}

const BINS = 10;
/** Choices that a question offers, besides "autre chose". */
const OFFERED = 3;

export function measure(judged: readonly Judged[]): Measures {
  const share = (test: (one: Judged) => boolean): number => judged.filter(test).length / judged.length;
  const labels = [...new Set(judged.map(({ label }) => label))];
  const f1 = labels.map((label) => {
    const { recall, precision } = recallAndPrecision(judged, label);
    return recall + precision === 0 ? 0 : (2 * recall * precision) / (recall + precision);
  });
  return {
    messages: judged.length,
    accuracy: share(isRight),
    macroF1: f1.reduce((sum, value) => sum + value, 0) / labels.length,
    ece: calibrationError(judged),
    routedWrong: share((one) => one.said.action === 'route' && !isRight(one)),
    refusedWrong: share((one) => one.said.action === 'out_of_scope' && one.label !== 'out_of_scope'),
    asked: share(({ said }) => said.action === 'ask'),
    resolved: share(isResolved),
  };
}

/** The first label or, where the message has two, the second. */
export function isRight({ said, label, second }: Judged): boolean {
  return said.intent === label || said.intent === second;
}

/** "autre chose" is always among the choices: it is the right one for what is out of scope. */
function isResolved(one: Judged): boolean {
  const { said, label, second } = one;
  if (said.action === 'out_of_scope') return label === 'out_of_scope';
  if (said.action === 'route') return isRight(one);
  const offered = [said, ...said.alternatives]
    .map(({ intent }) => intent)
    .filter((intent) => intent !== 'out_of_scope');
  return (
    label === 'out_of_scope' ||
    offered.slice(0, OFFERED).some((intent) => intent === label || intent === second)
  );
}

export function recallAndPrecision(
  judged: readonly Judged[],
  label: string,
): { recall: number; precision: number } {
  const meant = judged.filter((one) => one.label === label);
  const found = judged.filter((one) => one.said.intent === label);
  return {
    recall: meant.filter(isRight).length / (meant.length || 1),
    precision: found.filter(isRight).length / (found.length || 1),
  };
}

function calibrationError(judged: readonly Judged[]): number {
  let error = 0;
  for (let bin = 0; bin < BINS; bin += 1) {
    const inside = judged.filter(
      ({ said }) => Math.min(BINS - 1, Math.floor(said.confidence * BINS)) === bin,
    );
    if (inside.length === 0) continue;
    const sure = inside.reduce((sum, { said }) => sum + said.confidence, 0) / inside.length;
    const right = inside.filter(isRight).length / inside.length;
    error += (Math.abs(sure - right) * inside.length) / judged.length;
  }
  return error;
}

/** What acting at `threshold` would give: the share of messages acted on, and of all messages those acted on wrongly. */
export function coverageAt(judged: readonly Judged[], threshold: number): { acted: number; wrong: number } {
  const acted = judged.filter(({ said }) => said.confidence >= threshold);
  return {
    acted: acted.length / judged.length,
    wrong: acted.filter((one) => !isRight(one)).length / judged.length,
  };
}
