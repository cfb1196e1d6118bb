import type { Activity } from 'botbuilder';
import { z } from 'zod';
import { ContactForm } from '../../bot/contactForm.ts';
import type { StoredActivity } from '../../bot/store.ts';
import { filesOf } from '../uploads.ts';

/** Characters of JSON. What clients note on a message for themselves is kept and echoed, so it has a bound. */
const MAX_CHANNEL_DATA = 16 * 1024;

/**
 * What a client may post: text, and the choice of a card's button. Anything else in an activity (cards, roles, events) is
 * dropped, not refused.
 */
export const PostedActivity = z.object({
  type: z.string().max(60),
  text: z.string().nullish(),
  value: z.unknown().optional(),
  from: z.object({ id: z.string().max(256).nullish(), name: z.string().max(200).nullish() }).nullish(),
  channelData: z
    .record(z.string(), z.unknown())
    .refine((data) => JSON.stringify(data).length <= MAX_CHANNEL_DATA, 'may hold 16 kB')
    .nullish(),
});

/** What a card's button submits (see `cardOf`), and what our widget's form does. */
const Submitted = z.object({ choice: z.string().max(200) });
const SubmittedForm = z.object({ form: ContactForm });

const MAX_CHARACTERS = 4_000;

/** What was said, in words or by a button: well-formed, at most 4,000 characters, a pair never cut in half. */
export function readText({ text, value }: z.infer<typeof PostedActivity>): { text: string; cut: boolean } {
  const submitted = Submitted.safeParse(value);
  const whole = (text || (submitted.success ? submitted.data.choice : '')).toWellFormed();
  if (whole.length <= MAX_CHARACTERS) return { text: whole, cut: false };
  const end = /[\uD800-\uDBFF]/.test(whole[MAX_CHARACTERS - 1]!) ? MAX_CHARACTERS - 1 : MAX_CHARACTERS;
  return { text: whole.slice(0, end), cut: true };
}

/** The contact form that a message is; undefined for any other message. */
export function readContactForm(value: unknown): ContactForm | undefined {
  const submitted = SubmittedForm.safeParse(value);
  return submitted.success ? submitted.data.form : undefined;
}

/** A set of activities as clients read it; the watermark is the last place seen. */
export interface ActivitySet {
  activities: Partial<Activity>[];
  watermark: string;
}

/** `addressOf` gives the address that a client can get a file at. */
export function activitySet(
  stored: readonly StoredActivity[],
  watermark: number,
  addressOf: (fileId: string) => string,
): ActivitySet {
  return {
    activities: stored.map((entry) => forClient(entry, addressOf)),
    watermark: String(stored.at(-1)?.seq ?? watermark),
  };
}

function forClient(entry: StoredActivity, addressOf: (fileId: string) => string): Partial<Activity> {
  const { activity } = entry;
  const files = filesOf(entry).map(({ id, name, contentType }) => {
    const contentUrl = addressOf(id);
    // Web Chat shows a customer's own picture by its thumbnail, and without one as a file.
    return { contentType, name, contentUrl, thumbnailUrl: contentUrl };
  });
  const card = cardOf(activity);
  if (files.length === 0 && !card) return activity;
  return { ...activity, attachments: [...files, ...(card ? [card] : [])] };
}

/**
 * The choices under a list of facts (the recap) as an Adaptive Card too, so that they stay with it in clients that show
 * suggested actions only until the next message. Its buttons submit `{choice}`.
 */
function cardOf({
  channelData,
  suggestedActions,
}: Partial<Activity>): NonNullable<Activity['attachments']>[0] | undefined {
  const choices = suggestedActions?.actions ?? [];
  if (!(channelData as { reply?: unknown } | undefined)?.reply || choices.length === 0) return undefined;
  return {
    contentType: 'application/vnd.microsoft.card.adaptive',
    content: {
      type: 'AdaptiveCard',
      version: '1.3',
      body: [],
      actions: choices.map(({ title }) => ({ type: 'Action.Submit', title, data: { choice: title } })),
    },
  };
}

/** A watermark from a client; nonsense reads as the beginning. */
export function readWatermark(given: unknown): number {
  return typeof given === 'string' && /^\d{1,9}$/.test(given) ? Number(given) : 0;
}
