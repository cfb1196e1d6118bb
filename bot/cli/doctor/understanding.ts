import { loadExamples } from '../../../knowledge/examples.ts';
import { loadGuide } from '../../../knowledge/guide.ts';
import { KnowledgeError } from '../../../knowledge/knowledgeError.ts';
import { isTrained } from '../../../knowledge/modelFile.ts';
import type { Config } from '../../config.ts';
import { GUIDE_FOLDER, INTENTS_FOLDER, modelPlace } from '../../createBot.ts';
import type { Finding } from './finding.ts';

/** The knowledge files, and the model that is made of them. */
export function understanding(config: Config): Finding[] {
  try {
    loadGuide(GUIDE_FOLDER);
    loadExamples(INTENTS_FOLDER);
  } catch (error) {
    if (!(error instanceof KnowledgeError)) throw error;
    return [{ state: 'wrong', says: error.message, todo: 'Correct the file that it names.' }];
  }
  return isTrained(modelPlace(config))
    ? [{ state: 'good', says: 'The guide and the sentences can be read, and the model of them is trained.' }]
    : [
        {
          state: 'note',
          says: 'The guide and the sentences can be read; their model is not trained yet.',
          todo: 'The next start learns them, half a minute; or run npm run train now.',
        },
      ];
}
