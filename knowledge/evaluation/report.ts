import { byStyle } from './evaluate.ts';
import { coverageAt, type Judged, measure, recallAndPrecision } from './measures.ts';

const THRESHOLDS = [0.4, 0.5, 0.6, 0.7, 0.8, 0.9];

/** The figures of some judged messages, as Markdown. */
export function figures(judged: readonly Judged[]): string {
  const of = measure(judged);
  const labels = [...new Set(judged.map(({ label }) => label))].sort();
  return [
    table(
      ['messages', 'accuracy', 'macro-F1', 'ECE', 'routed wrongly', 'refused wrongly', 'asked', 'resolved'],
      [
        [
          of.messages,
          of.accuracy,
          of.macroF1,
          of.ece,
          of.routedWrong,
          of.refusedWrong,
          of.asked,
          of.resolved,
        ],
      ],
    ),
    table(
      ['intent', 'messages', 'recall', 'precision'],
      labels.map((label) => {
        const { recall, precision } = recallAndPrecision(judged, label);
        return [`\`${label}\``, judged.filter((one) => one.label === label).length, recall, precision];
      }),
    ),
    table(
      ['acting from confidence', 'acted on', 'wrongly'],
      THRESHOLDS.map((threshold) => {
        const { acted, wrong } = coverageAt(judged, threshold);
        return [threshold.toFixed(1), acted, wrong];
      }),
    ),
    table(
      ['voice', 'messages', 'accuracy'],
      byStyle(judged).map(({ style, messages, accuracy }) => [style, messages, accuracy]),
    ),
  ].join('\n\n');
}

/** Shares are written with three decimals, counts and words as they are. */
export function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const cell = (value: string | number): string =>
    typeof value === 'number' && !Number.isInteger(value) ? value.toFixed(3) : String(value);
  return [line(head), line(head.map(() => '---')), ...rows.map((row) => line(row.map(cell)))].join('\n');
}
