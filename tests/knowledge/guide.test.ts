import { readFileSync } from 'node:fs';
import { loadGuide } from '../../knowledge/guide.ts';
import { loadClassifier } from '../../knowledge/modelFile.ts';
import { MODEL_FOLDER } from '../modelFolder.ts';
import { SURE_OF_ARTICLE } from '../../bot/repair.ts';

const questions = JSON.parse(readFileSync('tests/knowledge/guideQuestions.json', 'utf8')) as {
  answered: { question: string; section: number }[];
  unanswered: string[];
};
const guide = loadGuide('knowledge/guide');
const classifier = loadClassifier({ intents: 'knowledge/intents', cacheDir: MODEL_FOLDER });
const best = (question: string) => guide.search(question, classifier.guess(question))[0];

test('of 200 questions at least nine in ten find their section first', () => {
  const { answered } = questions;
  expect(answered.length).toBeGreaterThanOrEqual(150);
  const right = answered.filter(({ question, section }) => best(question)?.article.section === section);
  expect(right.length / answered.length).toBeGreaterThanOrEqual(0.9);
});

test.each(questions.unanswered)('nothing in the guide answers « %s »', (question) => {
  expect(best(question)?.score ?? 0).toBeLessThan(SURE_OF_ARTICLE);
});

test('a question of stop words alone finds nothing, a very long one is cut', () => {
  expect(guide.search('et que faire pour cela ?')).toEqual([]);
  expect(guide.search(`mot de passe ${'x'.repeat(100_000)}`)[0]!.article.section).toBeLessThanOrEqual(2);
});
