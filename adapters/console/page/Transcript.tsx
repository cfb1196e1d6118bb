/// <reference lib="dom" />
import { useEffect, useRef } from 'preact/hooks';
import { clockOrDay } from '../../../dialogs/french.ts';
import type { Line, Note } from './api.ts';
import { Time } from './Time.tsx';

const ROLES = { customer: 'Client', bot: 'Assistant', agent: 'Conseiller', system: 'Guichet' } as const;

type Entry = { line: Line } | { note: Note };

/** The conversation in its order, to the last message, with the agents' notes where they were taken. */
export function Transcript({ lines, notes }: { lines: Line[]; notes: Note[] }) {
  const entries = inOrder(lines, notes);
  const log = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  useEffect(() => {
    // Whoever reads further up is not pulled down.
    if (atEnd.current) log.current!.scrollTop = log.current!.scrollHeight;
  }, [entries.length]);
  const messages = lines.filter(({ from }) => from !== 'system').length;
  return (
    <>
      <h2 id="transcript">
        Conversation{' '}
        <span class="dim">
          {messages} message{messages > 1 ? 's' : ''}
        </span>
      </h2>
      <div
        ref={log}
        class="log"
        role="log"
        aria-labelledby="transcript"
        tabIndex={0}
        onScroll={({ currentTarget: { scrollTop, clientHeight, scrollHeight } }) =>
          (atEnd.current = scrollTop + clientHeight > scrollHeight - 40)
        }
      >
        <ol class="transcript">
          {entries.map((entry, i) => {
            const before = entries[i - 1];
            const at = before && ('line' in before ? before.line.at : before.note.at);
            return 'line' in entry ? (
              <LineOf key={`m${entry.line.seq}`} line={entry.line} before={at} />
            ) : (
              <NoteOf key={entry.note.id} note={entry.note} before={at} />
            );
          })}
        </ol>
      </div>
    </>
  );
}

function LineOf({ line, before }: { line: Line; before: string | undefined }) {
  if (line.from === 'system') {
    return (
      <li class="step">
        {line.text} <Time at={line.at}>{told(line.at, before)}</Time>
      </li>
    );
  }
  return (
    <li class={line.from}>
      <p class="who">
        <strong>{line.name ?? ROLES[line.from]}</strong> <Time at={line.at}>{told(line.at, before)}</Time>
      </p>
      {line.text && <p class="said">{line.text}</p>}
      {line.files?.map(({ id, name }) => (
        <a key={id} class="picture" href={`/console/api/files/${id}`} download={name}>
          <img src={`/console/api/files/${id}`} alt={`Image\u00a0: ${name}`} loading="lazy" />
        </a>
      ))}
      {line.choices && (
        <ul class="choices" aria-label="Choix proposés">
          {line.choices.map((choice) => (
            <li key={choice}>{choice}</li>
          ))}
        </ul>
      )}
    </li>
  );
}

function NoteOf({ note, before }: { note: Note; before: string | undefined }) {
  return (
    <li class="note">
      <p class="who">
        <strong>{note.agent}</strong>, note interne <Time at={note.at}>{told(note.at, before)}</Time>
      </p>
      <p class="said">{note.text}</p>
    </li>
  );
}

/** Notes after the message that was the last when they were taken. */
function inOrder(lines: Line[], notes: Note[]): Entry[] {
  const place = (entry: Entry): number => ('line' in entry ? entry.line.seq : entry.note.afterSeq + 0.5);
  const entries: Entry[] = [...lines.map((line) => ({ line })), ...notes.map((note) => ({ note }))];
  return entries.sort((a, b) => place(a) - place(b));
}

/** The clock; with the day where it is another day than the entry before. */
function told(at: string, before: string | undefined): string {
  return clockOrDay(new Date(at), new Date(before ?? 0));
}
