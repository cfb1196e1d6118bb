import { findEntities } from '../../knowledge/entities.ts';
import { loadClassifier } from '../../knowledge/modelFile.ts';
import { readConfig, readEnvironment } from '../config.ts';
import { createClock } from '../clock.ts';
import { modelPlace } from '../createBot.ts';
import { eachLine } from './lines.ts';

/** `npm run --silent understand -- FILE`: what the bot makes of each line, as JSON lines. */
const config = readConfig(readEnvironment());
const now = createClock(config.GUICHET_NOW);
const classifier = loadClassifier(modelPlace(config));

await eachLine((text) => {
  const { intent, confidence, alternatives, action, topic } = classifier.classify(text);
  const entities = findEntities(text, { now: now(), orderNumber: config.ORDER_NUMBER_PATTERN });
  return JSON.stringify({
    text,
    intent,
    confidence,
    alternatives,
    action,
    ...(topic !== undefined && { topic }),
    entities: entities.map(({ kind, value, text: typed }) => ({ kind, value, text: typed })),
  });
});
