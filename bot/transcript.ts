import { ADAPTIVE_CARD } from './adaptiveCard.ts';
import type { ConversationRecord, Note, Role, StoredActivity } from './store.ts';
import { toCsv } from './transcript/csv.ts';
import { toHtml } from './transcript/html.ts';
import { toText } from './transcript/text.ts';

/** Everything that was said in a conversation, to its last message. */
export interface TranscriptSource {
  conversation: Pick<ConversationRecord, 'id' | 'channel' | 'createdAt'>;
  activities: readonly StoredActivity[];
  /** Agents' notes to one another; left out of what customers get. */
  notes?: readonly Note[];
  /** References of the tickets that came of it. */
  references?: readonly string[];
}

/** One entry of a transcript, the same in all its formats. */
export interface TranscriptLine {
  /** Place in the conversation; a note has that of the message before it. */
  seq: number;
  at: Date;
  kind: 'message' | 'event' | 'note';
  role: Role | 'system';
  /** The name shown for who said it: "Client", "Assistant", an agent's name. */
  who: string;
  text: string;
  choices: readonly string[];
  attachments: readonly { name: string; contentType: string }[];
}

export interface TranscriptFile {
  name: string;
  contentType: string;
  body: string;
}

/** The formats, by their names in addresses and file endings. */
export const formats = {
  txt: { contentType: 'text/plain; charset=utf-8', write: toText },
  html: { contentType: 'text/html; charset=utf-8', write: toHtml },
  json: { contentType: 'application/json; charset=utf-8', write: toJson },
  /** What Bot Framework's tools read: the activities, as they were sent. */
  transcript: { contentType: 'application/json; charset=utf-8', write: toBotFramework },
  csv: { contentType: 'text/csv; charset=utf-8', write: toCsv },
} as const;

export type TranscriptFormat = keyof typeof formats;

/** The transcript as a file. The same conversation gives the same bytes, whenever it is asked for. */
export function transcriptFile(source: TranscriptSource, format: TranscriptFormat): TranscriptFile {
  const { contentType, write } = formats[format];
  const name = source.references?.[0] ?? source.conversation.id.replace(/[^\w-]/g, '_');
  return { name: `${name}.${format}`, contentType, body: write(source) };
}

const WHO = { customer: 'Client', bot: 'Assistant', agent: 'Conseiller', system: 'Guichet' } as const;

/** What was said and what happened, in order. Typing and other activities that say nothing are not in it. */
export function transcriptLines({ activities, notes = [] }: TranscriptSource): TranscriptLine[] {
  const said = activities.flatMap((entry): TranscriptLine[] => {
    const { activity, seq, at, role } = entry;
    const event = activity.type === 'event' && activity.name === 'handoff.status' && activity.text !== '';
    if (activity.type !== 'message' && !event) return [];
    return [
      {
        seq,
        at,
        kind: event ? 'event' : 'message',
        role: event ? 'system' : role,
        who: event ? WHO.system : role === 'agent' ? activity.from?.name || WHO.agent : WHO[role],
        text: activity.text ?? '',
        choices: activity.suggestedActions?.actions.map((action) => action.title) ?? [],
        // A card says what the text says.
        attachments: (activity.attachments ?? [])
          .filter(({ contentType }) => contentType !== ADAPTIVE_CARD)
          .map(({ name, contentType }) => ({ name: name ?? 'fichier', contentType })),
      },
    ];
  });
  const noted = notes.map((note): TranscriptLine => ({
    seq: note.afterSeq,
    at: note.at,
    kind: 'note',
    role: 'agent',
    who: note.agentName,
    text: note.text,
    choices: [],
    attachments: [],
  }));
  // A stable sort: what was said, then the notes taken after it, in the order of their taking.
  return [...said, ...noted].sort((a, b) => a.seq - b.seq);
}

function toJson(source: TranscriptSource): string {
  const { conversation, references = [] } = source;
  const lines = transcriptLines(source).map(({ at, ...line }) => ({ ...line, at: at.toISOString() }));
  return `${JSON.stringify(
    {
      conversation: {
        id: conversation.id,
        channel: conversation.channel,
        createdAt: conversation.createdAt.toISOString(),
        tickets: references,
      },
      lines,
    },
    null,
    2,
  )}\n`;
}

function toBotFramework({ activities }: TranscriptSource): string {
  return `${JSON.stringify(
    activities.map((entry) => entry.activity),
    null,
    2,
  )}\n`;
}
