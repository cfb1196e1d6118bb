/// <reference lib="dom" />
import { useEffect, useRef, useState } from 'preact/hooks';
import { type Agent, ApiError, ask, type Line, type Whole } from './api.ts';
import { answersFor, SECTIONS } from './cannedAnswers.ts';
import { useTellTyping } from './typing.ts';

interface Props {
  ticket: Whole;
  agent: Agent;
  onSent: () => void;
}

type Kind = 'reply' | 'note';
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
  const picker = useRef<HTMLInputElement>(null);
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
      {kind === 'reply' && files.length > 0 && (
        <ul class="row" aria-label="Images à envoyer">
          {files.map((file) => (
            <li key={file} class="badge">
              {file.name}{' '}
              <button
                type="button"
                class="link"
                aria-label={`Retirer ${file.name}`}
                onClick={() => {
                  setFiles(files.filter((other) => other !== file));
                  field.current?.focus();
                }}
              >
                ×
              </button>
            </li>
          ))}
        </ul>
      )}
      <div class="row end">
        {kind === 'reply' && (
          <>
            <CannedAnswers section={ticket.section} onChosen={insert} />
            <button type="button" onClick={() => picker.current!.click()}>
              Joindre une image
            </button>
            <input
              ref={picker}
              type="file"
              hidden
              multiple
              accept="image/png,image/jpeg,image/gif,image/webp"
              aria-label="Image à joindre"
              onChange={({ currentTarget }) => {
                add([...(currentTarget.files ?? [])]);
                currentTarget.value = '';
              }}
            />
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

function CannedAnswers({ section, onChosen }: { section: number; onChosen: (text: string) => void }) {
  const answers = answersFor(section);
  const groups = [...new Set(answers.map((answer) => answer.section))];
  return (
    <label class="canned">
      <span class="sr">Insérer une réponse type</span>
      <select
        value=""
        onChange={({ currentTarget }) => {
          const chosen = answers[Number(currentTarget.value)];
          currentTarget.value = '';
          if (chosen) onChosen(chosen.text);
        }}
      >
        <option value="">Réponses types…</option>
        {groups.map((group) => (
          <optgroup key={group} label={SECTIONS[group]}>
            {answers.map((answer, i) =>
              answer.section === group ? (
                <option key={answer.title} value={i}>
                  {answer.title}
                </option>
              ) : null,
            )}
          </optgroup>
        ))}
      </select>
    </label>
  );
}

/** The text being written, kept for this tab: neither a reload nor a look at another ticket loses it. */
function useDraft(reference: string, kind: Kind): [string, (text: string) => void] {
  const place = `${kind} ${reference}`;
  const [drafts, setDrafts] = useState<Record<string, string>>({});
  const text = drafts[place] ?? sessionStorage.getItem(place) ?? '';
  return [
    text,
    (next) => {
      setDrafts((before) => ({ ...before, [place]: next }));
      if (next) sessionStorage.setItem(place, next);
      else sessionStorage.removeItem(place);
    },
  ];
}

/** The place of the last message that was on this page when it was last looked at. */
function useSeen(ticket: Whole): { current: number } {
  const seen = useRef(ticket.lastSeq);
  useEffect(() => {
    // What arrives while the page is hidden has not been seen.
    const look = (): void => {
      if (!document.hidden) seen.current = Math.max(seen.current, ticket.lastSeq);
    };
    look();
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, [ticket.lastSeq]);
  return seen;
}

/** Alt and a letter, so that typing and screen readers' own keys are left alone. */
export function useShortcuts(keys: Record<string, () => void>): void {
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      const act =
        event.altKey && !event.ctrlKey && !event.metaKey ? keys[event.key.toLowerCase()] : undefined;
      if (!act) return;
      event.preventDefault();
      act();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  });
}
