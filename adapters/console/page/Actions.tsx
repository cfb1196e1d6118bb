/// <reference lib="dom" />
import { useEffect, useRef, useState } from 'preact/hooks';
import { type Agent, type ApiError, ask, type Whole } from './api.ts';
import { useShortcuts } from './shortcuts.ts';

interface Props {
  ticket: Whole;
  agent: Agent;
  onDone: () => void;
}

type Step = 'close' | 'return' | 'reassign';

const SETTLED = {
  close: { label: 'Ce qui a été réglé (le client le lira)', verb: 'Clore le ticket' },
  return: { label: 'Ce qui a été convenu (le client le lira)', verb: 'Rendre à l’assistant' },
} as const;

/** What can be done with the ticket as it is: only what is possible is offered. */
export function Actions({ ticket, agent, onDone }: Props) {
  const { reference, status, handoff, assignee } = ticket;
  const [asked, setAsked] = useState<Step>();
  const [failure, setFailure] = useState('');
  const [busy, setBusy] = useState(false);
  const holder = handoff?.owner?.name ?? (handoff ? undefined : assignee);
  const mine = holder === agent.name;
  const free = holder === undefined;

  const act = (step: string, body?: unknown): void => {
    if (busy) return;
    setBusy(true);
    setFailure('');
    ask('POST', `tickets/${reference}/${step}`, body).then(
      () => {
        setBusy(false);
        setAsked(undefined);
        onDone();
      },
      (error: ApiError) => {
        setBusy(false);
        setFailure(error.message);
        onDone();
      },
    );
  };
  const toggle = (step: Step): void => {
    setFailure('');
    setAsked((now) => (now === step ? undefined : step));
  };
  useShortcuts({ p: () => status === 'open' && free && act('claim') });

  return (
    <div class="actions">
      <div class="row">
        {status === 'closed' && (
          <button type="button" onClick={() => act('reopen')}>
            Rouvrir
          </button>
        )}
        {status === 'open' && free && (
          <button type="button" class="primary" aria-keyshortcuts="Alt+P" onClick={() => act('claim')}>
            Prendre en charge
          </button>
        )}
        {status === 'open' && !free && !mine && (
          <button type="button" onClick={() => act('reassign', { to: agent.id, comment: 'reprise' })}>
            Reprendre à {holder}
          </button>
        )}
        {status === 'open' && (mine || free) && (
          <>
            <Opener step="reassign" asked={asked} onToggle={toggle}>
              Transmettre
            </Opener>
            {mine && (
              <button type="button" onClick={() => act('release')}>
                {handoff ? 'Remettre dans la file' : 'Libérer'}
              </button>
            )}
            {handoff && (
              <Opener step="return" asked={asked} onToggle={toggle}>
                Rendre à l’assistant
              </Opener>
            )}
            <Opener step="close" asked={asked} onToggle={toggle}>
              Clore
            </Opener>
          </>
        )}
      </div>
      <p role="alert" class="error">
        {failure}
      </p>
      {asked === 'reassign' && <Reassign ticket={ticket} agent={agent} busy={busy} onChosen={act} />}
      {(asked === 'close' || asked === 'return') && (
        <Settle key={asked} {...SETTLED[asked]} busy={busy} onDone={(text) => act(asked, { text })} />
      )}
    </div>
  );
}

interface OpenerProps {
  step: Step;
  asked: Step | undefined;
  onToggle: (step: Step) => void;
  children: preact.ComponentChildren;
}

function Opener({ step, asked, onToggle, children }: OpenerProps) {
  return (
    <button type="button" aria-expanded={asked === step} onClick={() => onToggle(step)}>
      {children}
    </button>
  );
}

interface SettleProps {
  busy: boolean;
  label: string;
  verb: string;
  onDone: (text: string) => void;
}

function Settle({ busy, label, verb, onDone }: SettleProps) {
  const [text, setText] = useState('');
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => field.current!.focus(), []);
  return (
    <form
      class="panel"
      onSubmit={(event) => {
        event.preventDefault();
        onDone(text);
      }}
    >
      <label>
        {label}
        <textarea
          ref={field}
          rows={2}
          maxLength={1000}
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
        />
      </label>
      <button type="submit" class="primary" aria-disabled={busy}>
        {verb}
      </button>
    </form>
  );
}

interface ReassignProps extends Omit<Props, 'onDone'> {
  busy: boolean;
  onChosen: (step: string, body: unknown) => void;
}

function Reassign({ ticket, agent, busy, onChosen }: ReassignProps) {
  const others = ticket.agents.filter(({ id }) => id !== agent.id);
  const present = others.filter((other) => other.present);
  const [to, setTo] = useState(present[0]?.id ?? '');
  const [comment, setComment] = useState('');
  if (others.length === 0) return <p class="dim">Il n’y a pas encore d’autre agent.</p>;
  return (
    <form
      class="panel"
      onSubmit={(event) => {
        event.preventDefault();
        onChosen('reassign', { to, comment });
      }}
    >
      <label>
        À qui&nbsp;?
        <select value={to} onChange={(event) => setTo(event.currentTarget.value)} required>
          {present.length === 0 && <option value="">Personne d’autre n’est en ligne</option>}
          {others.map((other) => (
            <option key={other.id} value={other.id} disabled={!other.present}>
              {other.name}
              {other.present ? '' : ' (pas au guichet)'}
            </option>
          ))}
        </select>
      </label>
      <label>
        Ce qu’il faut savoir (note interne)
        <textarea
          rows={2}
          maxLength={1000}
          value={comment}
          onInput={(event) => setComment(event.currentTarget.value)}
        />
      </label>
      <button type="submit" class="primary" aria-disabled={busy || to === ''}>
        Transmettre
      </button>
    </form>
  );
}
