/// <reference lib="dom" />
import type { Shown } from './conversation.ts';
import { Text } from './Text.tsx';

const TIME = new Intl.DateTimeFormat('fr-FR', { hour: '2-digit', minute: '2-digit' });

interface Props {
  message: Shown;
  /** What the customer said next: the choices stay visible, and do nothing more. */
  answer: string | undefined;
  onChoose: (title: string) => void;
  onRetry: () => void;
}

export function Message({ message, answer, onChoose, onRetry }: Props) {
  const { from, reply, text, at, choices, state } = message;
  const spent = answer !== undefined;
  return (
    <div class={`turn ${from}`}>
      <div class="bubble">
        <span class="sr">{from === 'bot' ? 'Assistant\u00a0: ' : 'Vous\u00a0: '}</span>
        {reply ? (
          <>
            {reply.text && <Text text={reply.text} />}
            <Facts facts={reply.facts} />
            {reply.after && <Text text={reply.after} />}
          </>
        ) : from === 'bot' ? (
          <Text text={text} />
        ) : (
          <p>{text}</p>
        )}
      </div>
      {/* Not announced: it changes after the message was read out. A failure is told by the panel's status. */}
      <p class="meta" aria-live="off">
        {state === 'sent' && <time dateTime={at.toISOString()}>{TIME.format(at)}</time>}
        {state === 'sending' && 'envoi…'}
        {state === 'failed' && (
          <button type="button" class="retry" onClick={onRetry}>
            non envoyé – réessayer
          </button>
        )}
      </p>
      {choices.length > 0 && (
        <div class="choices" role="group" aria-label="Réponses proposées">
          {choices.map((title) => (
            <button
              key={title}
              type="button"
              class={title === answer ? 'chosen' : ''}
              aria-disabled={spent}
              onClick={() => !spent && onChoose(title)}
            >
              {title}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}

function Facts({ facts }: { facts: NonNullable<Shown['reply']>['facts'] }) {
  return (
    <div class="facts">
      <h3>{facts.title}</h3>
      <dl>
        {facts.items.map((fact) => (
          <div key={fact.label}>
            <dt>{fact.label}</dt>
            <dd class={fact.missing ? 'missing' : ''}>{fact.value}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
