import { softmax } from '../classifier/model.ts';

/** Logits over labels, and which label was right. */
export interface Scored {
  logits: Float64Array;
  right: number;
}

/** The temperature (0.3 to 3, to two decimals) under which the right labels are most probable. */
export function fitTemperature(scored: readonly Scored[]): number {
  const loss = (temperature: number): number =>
    scored.reduce(
      (sum, { logits, right }) => sum - Math.log(softmax(logits.slice(), temperature)[right]! + 1e-12),
      0,
    );
  // The loss has one valley: halve the range around it.
  let [low, high] = [0.3, 3];
  while (high - low > 0.005) {
    const [a, b] = [low + (high - low) / 3, high - (high - low) / 3];
    if (loss(a) < loss(b)) high = b;
    else low = a;
  }
  return Number(((low + high) / 2).toFixed(2));
}
