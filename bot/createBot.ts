import {
  emailTypoHint,
  findEntities,
  readDateTime,
  readTracking,
  TRACKING_FORMATS,
  type TrackingFormat,
} from '../knowledge/entities.ts';
import type { IntentClassifier } from '../knowledge/classifier.ts';
import { type Guide, loadGuide } from '../knowledge/guide.ts';
import { loadClassifier, type ModelPlace } from '../knowledge/modelFile.ts';
import type { Finders, Found } from '../dialogs/slots.ts';
import { flows } from '../dialogs/index.ts';
import type { Config } from './config.ts';
import { withContactForm } from './contactForm.ts';
import { withErasure } from './erasure.ts';
import { redactUrl } from './redaction.ts';
import type { Store } from './store.ts';
import { LiveChat } from './liveChat.ts';
import { SupportBot } from './supportBot.ts';
import { SupportHours } from './supportHours.ts';

/** Where support staff edit what the bot knows. */
export const GUIDE_FOLDER = 'knowledge/guide';
export const INTENTS_FOLDER = 'knowledge/intents';

/** Where the model of the sentences is kept. */
export function modelPlace(config: Pick<Config, 'DATA_DIR' | 'MODEL_DIR'>): ModelPlace {
  return { intents: INTENTS_FOLDER, cacheDir: config.MODEL_DIR ?? config.DATA_DIR };
}

/** "[carte •••• 1111]" says nothing of what the customer wants. */
const REDACTION_MARKS = /\[[^\]\n]{0,30}(?:••••|retirée?|carte)[^\]\n]{0,10}\]/g;

/** What is read once at start, and is the same for every bot made of it. */
export interface Knowledge {
  guide: Guide;
  classifier: Pick<IntentClassifier, 'classify' | 'guess'>;
}

/**
 * Reads the knowledge files.
 * @throws KnowledgeError when one of them is broken; Error when the guide lacks a section that a flow follows.
 */
export function loadKnowledge(cacheDir: string): Knowledge {
  const guide = loadGuide(GUIDE_FOLDER);
  for (const { section, title } of flows) {
    if (!guide.ofSection(section)) {
      throw new Error(
        `${GUIDE_FOLDER} has no section ${section}, which the dialog "${title}" follows; add its file.`,
      );
    }
  }
  return { guide, classifier: loadClassifier({ intents: INTENTS_FOLDER, cacheDir }) };
}

/** The bot over a store; by default with the knowledge of the files, read now. */
export function createBot(
  config: Config,
  store: Pick<Store, 'desk' | 'lastActivities' | 'ticketsOf' | 'ticketsOfCustomer'>,
  { guide, classifier } = loadKnowledge(modelPlace(config).cacheDir),
): Pick<LiveChat, 'run'> {
  const hours = new SupportHours(config.SUPPORT_HOLIDAYS);
  // The shop's own carriers first: they name a number that fits several.
  const trackingFormats = [...config.CARRIER_FORMATS, ...TRACKING_FORMATS];
  const finders = (now: Date): Finders => findersAt(now, config.ORDER_NUMBER_PATTERN, trackingFormats);
  const bot = new SupportBot({
    classify: (text, options) => classifier.classify(text.replace(REDACTION_MARKS, ' '), options),
    guide: { search: (question) => guide.search(question, classifier.guess(question)) },
    hours,
    finders,
    ticketsOfCustomer: (userId) => store.ticketsOfCustomer(userId),
    shopName: config.SHOP_NAME,
    ...(config.RETURNS_URL !== undefined && { returnsUrl: config.RETURNS_URL }),
  });
  return withErasure(withContactForm(new LiveChat({ bot, store, hours, finders }), { hours, finders }));
}

/** What knowledge finds in the texts of one turn, as dialogs are handed it. */
function findersAt(now: Date, orderNumber: string, trackingFormats: TrackingFormat[]): Finders {
  const found = new Map<string, readonly Found[]>();
  return {
    entities: (text) => {
      const entities = found.get(text) ?? findEntities(text, { now, orderNumber, trackingFormats });
      found.set(text, entities);
      return entities;
    },
    instant: (text) => readDateTime(text, now),
    emailHint: (email) => {
      const domain = emailTypoHint(email);
      return domain === undefined ? undefined : email.replace(/@.*$/, `@${domain}`);
    },
    tracking: (text) => readTracking(text, trackingFormats),
    safeUrl: redactUrl,
  };
}
