import type { Activity } from 'botbuilder';
import { z } from 'zod';
import { redact } from '../../bot/redaction.ts';

const Account = z.object({
  id: z.string().min(1).max(256),
  name: z.string().max(256).nullish(),
  aadObjectId: z.string().max(64).nullish(),
});

const Attachment = z.object({
  contentType: z.string().max(200),
  contentUrl: z.string().max(4_000).nullish(),
  name: z.string().max(400).nullish(),
  content: z.unknown().optional(),
});

const Mention = z.object({
  type: z.string().max(60),
  text: z.string().max(400).nullish(),
  mentioned: z.object({ id: z.string().max(256) }).nullish(),
});

/**
 * What is read of an activity of Teams; all else of the body is dropped before the SDK sees it, which answers 500 where
 * it misses something.
 */
export const TeamsActivity = z
  .object({
    type: z.string().min(1).max(60),
    id: z.string().min(1).max(256).nullish(),
    channelId: z.literal('msteams'),
    serviceUrl: z.url().max(500),
    from: Account,
    recipient: Account,
    conversation: z.object({
      id: z.string().min(1).max(500),
      conversationType: z.string().max(60).nullish(),
      tenantId: z.string().max(64).nullish(),
    }),
    name: z.string().max(200).nullish(),
    action: z.string().max(60).nullish(),
    text: z.string().nullish(),
    value: z.unknown().optional(),
    localTimestamp: z.string().max(60).nullish(),
    attachments: z.array(Attachment).max(50).nullish(),
    entities: z.array(Mention).max(100).nullish(),
    membersAdded: z.array(Account).max(1_000).nullish(),
    membersRemoved: z.array(Account).max(1_000).nullish(),
    channelData: z.object({ eventType: z.string().max(60).nullish() }).nullish(),
  })
  .refine(({ type, id }) => id || !type.startsWith('message'), { message: 'is missing', path: ['id'] });

export type TeamsActivity = z.infer<typeof TeamsActivity>;

/** As the SDK takes it; the locale of the client is not, since dialogs are in French whatever it is. */
export function forSdk(activity: TeamsActivity): Activity {
  return { ...activity, locale: 'fr-FR' } as unknown as Activity;
}

/** What a card's button submits: the choice, and which card of which conversation it was. */
const Submitted = z.object({
  choice: z.string().max(200),
  card: z.number().int().positive().optional(),
  of: z.string().max(100).optional(),
});
export type Submitted = z.infer<typeof Submitted>;

/** A choice made on a card: by Action.Submit (the value itself), or by Action.Execute (within an invoke). */
export function readSubmitted({ type, value }: TeamsActivity): Submitted | undefined {
  const execute = z.object({ action: z.object({ data: z.unknown() }) }).safeParse(value);
  const given = type === 'invoke' && execute.success ? execute.data.action.data : value;
  const read = Submitted.safeParse(given);
  return read.success ? read.data : undefined;
}

/** What was said, without the mention of the bot, which its entity names; and whether the bot was mentioned. */
export function readSaid({ text, entities, recipient }: TeamsActivity): { text: string; mentioned: boolean } {
  const mentions = (entities ?? []).filter(({ type, text: shown }) => type === 'mention' && shown);
  const ours = mentions.filter(({ mentioned }) => mentioned?.id === recipient.id);
  const others = mentions.filter((mention) => !ours.includes(mention));
  let said = text ?? '';
  for (const mention of ours) said = said.replaceAll(mention.text!, ' ');
  // Someone else's name stays, without the tag around it.
  for (const mention of others)
    said = said.replaceAll(mention.text!, mention.text!.replace(/^<at[^>]*>|<\/at>$/g, ''));
  return { text: plain(said), mentioned: ours.length > 0 };
}

/** Teams writes a message's text with a few entities of HTML in it. */
function plain(text: string): string {
  return text
    .replaceAll('&nbsp;', ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
    .replace(/[^\S\n]+/g, ' ')
    .trim();
}

const FileInfo = z.object({ downloadUrl: z.url() });
const FILE = 'application/vnd.microsoft.teams.file.download.info';

export interface SentFile {
  name: string;
  url: string;
  /** It lies with the connector, which wants the bot's token. */
  withToken: boolean;
}

/** The files that came with a message: those of the customer's OneDrive, and pictures pasted into the text. */
export function readFiles({ attachments }: TeamsActivity): SentFile[] {
  return (attachments ?? []).flatMap(({ contentType, contentUrl, name, content }): SentFile[] => {
    if (contentType === FILE) {
      const info = FileInfo.safeParse(content);
      return info.success ? [{ name: nameOf(name), url: info.data.downloadUrl, withToken: false }] : [];
    }
    if (contentType.startsWith('image/') && contentUrl)
      return [{ name: nameOf(name, 'image'), url: contentUrl, withToken: true }];
    return [];
  });
}

/** A file's name waits in the outbox with its address; like any text it is redacted before it is stored. */
function nameOf(name: string | null | undefined, none = ''): string {
  return redact(name ?? none).text;
}
