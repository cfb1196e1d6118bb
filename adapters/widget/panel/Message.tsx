/// <reference lib="dom" />
import type { Shown } from './conversation.ts';

const TIME = new Intl.DateTimeFormat('fr-FR', { hour: '2-digit', minute: '2-digit' });
const LINK = /(https:\/\/[^\s<>"«»]+[^\s<>"«».,;:!?)])/g;

interface Props {
  message: Shown;
  /** Its choices were answered; they stay visible, and do nothing. */
  spent: boolean;
  onChoose: (title: string) => void;
  onRetry: () => void;
}

export function Message({ message, spent, onChoose, onRetry }: Props) {
  const { from, reply, text, at, choices, state } = message;
  return (
    <div class={`turn ${from}`}>
      <div class="bubble">
        <span class="sr">{from === 'bot' ? 'Assistant\u00a0: ' : 'Vous\u00a0: '}</span>
        {reply ? (
          <>
            <Text text={reply.text} />
            <Facts facts={reply.facts} />
            <Text text={reply.after ?? ''} />
          </>
        ) : (
          <Text text={text} />
        )}
      </div>
      <p class="meta">
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
            <button key={title} type="button" aria-disabled={spent} onClick={() => !spent && onChoose(title)}>
              {title}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}

/** Text as text; https addresses become links, and nothing else becomes anything. */
function Text({ text }: { text: string }) {
  if (!text) return null;
  return (
    <>
      {text.split('\n\n').map((paragraph, i) => (
        <p key={i}>
          {paragraph.split(LINK).map((part) =>
            part.startsWith('https://') ? (
              <a href={part} target="_blank" rel="noopener noreferrer">
                {part}
              </a>
            ) : (
              part
            ),
          )}
        </p>
      ))}
    </>
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
