import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadExamples, type Example } from './examples.ts';
import { foldText } from './folding.ts';

export interface IntentGuess {
  intent: string;
  confidence: number;
}
export interface Classification extends IntentGuess {
  alternatives: IntentGuess[];
  action: 'route' | 'ask' | 'out_of_scope';
  topic?: string;
  second?: string;
}
export interface ClassifyOptions {
  acts?: readonly string[];
}
const ACTS = ['affirm', 'deny', 'cancel', 'help'];
const DIM = 1 << 17;

function features(text: string): Map<number, number> {
  const t = ' ' + foldText(text).slice(0, 600).replace(/[^a-z0-9]+/g, ' ').trim() + ' ';
  const words = t.trim().split(' ');
  const grams: string[] = words.map((w) => 'w' + w);
  for (let i = 0; i + 1 < words.length; i++) grams.push('b' + words[i] + '_' + words[i + 1]);
  for (const w of words) for (let n = 3; n <= 5; n++) { const p = `<${w}>`; for (let i = 0; i + n <= p.length; i++) grams.push('c' + p.slice(i, i + n)); }
  const map = new Map<number, number>();
  for (const g of new Set(grams)) {
    let h = 2166136261;
    for (let i = 0; i < g.length; i++) h = Math.imul(h ^ g.charCodeAt(i), 16777619);
    const k = (h >>> 0) % DIM;
    map.set(k, 1);
  }
  const norm = 1 / Math.sqrt(map.size);
  for (const k of map.keys()) map.set(k, norm);
  return map;
}

export class IntentClassifier {
  labels: string[];
  weights: Float32Array;
  constructor(labels: string[], weights: Float32Array) {
    this.labels = labels;
    this.weights = weights;
  }
  classify(text: string, options: ClassifyOptions = {}): Classification {
    const s = new Float64Array(this.labels.length);
    for (const [k, v] of features(text)) for (let c = 0; c < s.length; c++) s[c]! += this.weights[k * s.length + c]! * v;
    const keep = this.labels.map((l) => !ACTS.includes(l) || options.acts?.includes(l));
    const max = Math.max(...s);
    const e = [...s].map((x, i) => (keep[i] ? Math.exp((x - max)) : 0));
    const z = e.reduce((a, b) => a + b, 0);
    const byIntent = new Map<string, number>();
    let topic = '', tp = 0;
    this.labels.forEach((l, i) => { const p = e[i]! / z; const [n, t] = l.split('/'); byIntent.set(n!, (byIntent.get(n!) ?? 0) + p); if (t && p > tp) { tp = p; topic = t; } });
    const g = [...byIntent].map(([intent, confidence]) => ({ intent, confidence })).sort((a, b) => b.confidence - a.confidence);
    const top = g[0]!;
    const action = top.intent === 'out_of_scope' ? 'out_of_scope' : top.confidence > 0.6 ? 'route' : 'ask';
    return { ...top, alternatives: g.slice(1, 4), action, ...(top.intent === 'out_of_scope' && tp > 0.3 && { topic }) };
  }
}

export function loadClassifier({ intents, cacheDir }: { intents: string; cacheDir: string }): IntentClassifier {
  const examples = loadExamples(intents);
  const hash = createHash('sha256').update(JSON.stringify(examples)).digest('hex').slice(0, 16);
  const file = join(cacheDir, `model-${hash}.bin`);
  const labels = [...new Set(examples.map(label))].sort();
  if (existsSync(file)) { const b = readFileSync(file); return new IntentClassifier(labels, new Float32Array(b.buffer.slice(b.byteOffset, b.byteOffset + b.byteLength))); }
  const weights = train(examples, labels);
  mkdirSync(cacheDir, { recursive: true });
  writeFileSync(file, Buffer.from(weights.buffer));
  return new IntentClassifier(labels, weights);
}
const label = (e: Example): string => (e.topic ? `${e.intent}/${e.topic}` : e.intent);
function train(examples: Example[], labels: string[]): Float32Array {
  const C = labels.length;
  const w = new Float32Array(DIM * C), g2 = new Float32Array(DIM * C).fill(1e-6);
  const data = examples.map((e) => ({ f: [...features(e.text)], y: labels.indexOf(label(e)) }));
  let seed = 1;
  const rnd = (): number => ((seed = (Math.imul(seed, 1103515245) + 12345) >>> 0) / 4294967296);
  for (let epoch = 0; epoch < 8; epoch++) {
    for (let i = data.length - 1; i > 0; i--) { const j = Math.floor(rnd() * (i + 1)); [data[i], data[j]] = [data[j]!, data[i]!]; }
    for (const { f, y } of data) {
      const s = new Float64Array(C);
      for (const [k, v] of f) for (let c = 0; c < C; c++) s[c]! += w[k * C + c]! * v;
      const m = Math.max(...s); let z = 0; for (let c = 0; c < C; c++) z += s[c] = Math.exp(s[c]! - m);
      for (const [k, v] of f) for (let c = 0; c < C; c++) { const d = (s[c]! / z - (c === y ? 1 : 0)) * v; const i = k * C + c; g2[i]! += d * d; w[i]! -= (0.3 * d) / Math.sqrt(g2[i]!); }
    }
  }
  return w;
}
