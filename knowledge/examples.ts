import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import { foldText } from './folding.ts';
import { KnowledgeError } from './knowledgeError.ts';

/** A sentence that a customer might type, its intent, and the voice (kind of writer) it was written in. */
export interface Example {
  text: string;
  intent: string;
  /** For out_of_scope: which honest pointer helps ("returns"). */
  topic?: string;
  voice: string;
}

/**
 * Reads the training sentences: one YAML file an intent, `voices: { voice: [sentences] }`, and for out_of_scope
 * `voices: { voice: { topic: [sentences] } }`.
 * @throws KnowledgeError that names file, line and reason (no sentence may stand twice after folding).
 */
export function loadExamples(folder: string): Example[] {
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .sort();
  if (files.length === 0)
    throw new KnowledgeError(folder, 1, 'holds no .yaml file; see knowledge/intents/README.md');
  const seen = new Map<string, string>();
  return files.flatMap((name) => readIntent(join(folder, name), name.replace(/\.yaml$/, ''), seen));
}

function readIntent(file: string, name: string, seen: Map<string, string>): Example[] {
  const lines = new LineCounter();
  const document = parseDocument(readFileSync(file, 'utf8'), { lineCounter: lines });
  const lineOf = (node: unknown): number => lines.linePos((node as Node | null)?.range?.[0] ?? 0).line;
  const refuse = (node: unknown, reason: string): never => {
    throw new KnowledgeError(file, lineOf(node), reason);
  };
  const broken = document.errors[0];
  if (broken) throw new KnowledgeError(file, broken.linePos?.[0].line ?? 1, broken.message.split('\n')[0]!);
  if (document.get('intent') !== name)
    refuse(document.contents, `must say "intent: ${name}", like the file's name`);
  const voices: unknown = document.get('voices', true);
  if (!isMap(voices))
    return refuse(document.contents, 'needs "voices:" with at least one voice and its sentences');

  const examples: Example[] = [];
  const readList = (list: unknown, voice: string, topic?: string): void => {
    if (!isSeq(list)) return void refuse(list, `the voice "${voice}" needs a list of sentences ("- …")`);
    for (const item of list.items) {
      const text = isScalar(item) && typeof item.value === 'string' ? item.value.trim() : '';
      if (!text)
        refuse(item, 'a sentence must be text; put it between quotes when it looks like a number or a list');
      const folded =
        foldText(text)
          .replace(/[^\p{L}\p{N}]+/gu, ' ')
          .trim() || text;
      const twin = seen.get(folded);
      if (twin) refuse(item, `the sentence stands already at ${twin}`);
      seen.set(folded, `${file}:${lineOf(item)}`);
      examples.push({ text, intent: name, voice, ...(topic && { topic }) });
    }
  };
  for (const { key, value } of voices.items) {
    const voice = String(isScalar(key) ? key.value : key);
    if (!isMap(value)) readList(value, voice);
    else
      for (const pair of value.items)
        readList(pair.value, voice, String(isScalar(pair.key) ? pair.key.value : pair.key));
  }
  if (examples.length === 0) refuse(voices, 'holds no sentence');
  return examples;
}
