/// <reference lib="dom" />
import { useRef, useState } from 'preact/hooks';
import { type Agent, ApiError, ask, type Line, type Whole } from './api.ts';
import { Attach, Attached } from './Attachments.tsx';
import { ReadyAnswers } from './ReadyAnswers.tsx';
import { type Kind, useDraft, useSeen } from './draft.ts';
import { useShortcuts } from './shortcuts.ts';
import { useTellTyping } from './typing.ts';

interface Props {
  ticket: Whole;
  agent: Agent;
  onSent: () => void;
}

const MOST = 4_000;
/** Pictures that a message may hold. */
const MOST_FILES = 4;

/** Where the agent writes: to the customer, or a note for colleagues. What is typed is kept until it has been taken. */
export function Composer({ ticket, agent, onSent }: Props) {
  const { reference } = ticket;
  const [kind, setKind] = useState<Kind>('reply');
  const [text, setText] = useDraft(reference, kind);
  const [failure, setFailure] = useState('');
  const [newer, setNewer] = useState<Line[]>([]);
  const [busy, setBusy] = useState(false);
  const [files, setFiles] = useState<File[]>([]);
  const field = useRef<HTMLTextAreaElement>(null);
  // The same text sent twice, after an answer was lost, is one message.
  const key = useRef(crypto.randomUUID());
  const seen = useSeen(ticket);
  const tellTyping = useTellTyping(reference);
  const holder = ticket.handoff?.owner?.name ?? ticket.assignee;
  const other = holder !== undefined && holder !== agent.name ? holder : undefined;
  const closed = ticket.status === 'closed';

  const send = (): void => {
    if (busy) return;
    if (!text.trim() && files.length === 0) {
      setFailure('Écrivez quelque chose d’abord.');
      field.current!.focus();
      return;
    }
    setBusy(true);
    setFailure('');
    setNewer([]);
    const said = { text, key: key.current, ...(kind === 'reply' && { after: seen.current }) };
    ask('POST', `tickets/${reference}/${kind}`, kind === 'reply' ? withFiles(said, files) : said).then(
      () => {
        if (kind === 'reply') setFiles([]);
        key.current = crypto.randomUUID();
        setText('');
        setBusy(false);
        onSent();
        field.current?.focus();
      },
      (error: ApiError) => {
        setBusy(false);
        setFailure(error.message);
        setNewer(error.newer);
        // They have been shown now: sent again, the reply goes.
        seen.current = Math.max(seen.current, ...error.newer.map(({ seq }) => seq));
        onSent();
        field.current?.focus();
      },
    );
  };
  const add = (more: File[]): void => {
    setFailure('');
    setFiles([...files, ...more].slice(0, MOST_FILES));
    field.current?.focus();
  };
  const insert = (answer: string): void => {
    setText(text ? `${text.trimEnd()}\n${answer}` : answer);
    field.current!.focus();
  };
  useShortcuts({
    r: () => {
      setKind('reply');
      field.current?.focus();
    },
    n: () => {
      setKind('note');
      field.current?.focus();
    },
  });

  if (closed && kind === 'reply')
    return (
      <p class="dim">
        Ce ticket est clos. Rouvrez-le pour répondre, ou{' '}
        <button type="button" class="link" onClick={() => setKind('note')}>
          ajoutez une note interne
        </button>
        .
      </p>
    );
  return (
    <form
      class={`composer ${kind}`}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <fieldset class="kinds">
        <legend class="sr">Ce que vous écrivez</legend>
        <label>
          <input type="radio" name="kind" checked={kind === 'reply'} onChange={() => setKind('reply')} />
          Répondre au client
        </label>
        <label>
          <input type="radio" name="kind" checked={kind === 'note'} onChange={() => setKind('note')} />
          Note interne
        </label>
      </fieldset>
      {other && kind === 'reply' && (
        <p class="missing">{other} s’en occupe. Reprenez la conversation pour y répondre.</p>
      )}
      {newer.length > 0 && (
        <div class="newer" role="group" aria-label="Messages arrivés entre-temps">
          {newer.map((line) => (
            <p key={line.seq} class="said">
              <strong>{line.name ?? 'Client'}</strong> {line.text}
            </p>
          ))}
        </div>
      )}
      <p role="alert" class="error">
        {failure}
      </p>
      <label class="field">
        <span class="sr">{kind === 'reply' ? 'Votre réponse' : 'Votre note interne'}</span>
        <textarea
          ref={field}
          rows={3}
          value={text}
          maxLength={MOST}
          placeholder={
            kind === 'reply' ? 'Écrivez au client…' : 'Visible par l’équipe seulement, jamais par le client'
          }
          aria-keyshortcuts="Alt+R Alt+N"
          onInput={(event) => {
            setText(event.currentTarget.value);
            if (kind === 'reply') tellTyping();
          }}
          onPaste={(event) => {
            const pasted = [...(event.clipboardData?.files ?? [])];
            if (kind === 'reply' && pasted.length > 0) {
              event.preventDefault();
              add(pasted);
            }
          }}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
              event.preventDefault();
              send();
            }
          }}
        />
      </label>
      {kind === 'reply' && (
        <Attached
          files={files}
          onRemoved={(file) => {
            setFiles(files.filter((other) => other !== file));
            field.current?.focus();
          }}
        />
      )}
      <div class="row end">
        {kind === 'reply' && (
          <>
            <ReadyAnswers section={ticket.section} onChosen={insert} />
            <Attach onAdded={add} />
          </>
        )}
        <span class="dim keys">
          <kbd>Ctrl</kbd>+<kbd>Entrée</kbd> pour envoyer
        </span>
        <button type="submit" class="primary" aria-disabled={busy}>
          {busy ? 'Envoi…' : kind === 'reply' ? 'Envoyer' : 'Ajouter la note'}
        </button>
      </div>
    </form>
  );
}

/** What is said, as a form when pictures go along. */
function withFiles(said: unknown, files: File[]): unknown {
  if (files.length === 0) return said;
  const form = new FormData();
  form.append('activity', JSON.stringify(said));
  for (const file of files) form.append('file', file, file.name);
  return form;
}
