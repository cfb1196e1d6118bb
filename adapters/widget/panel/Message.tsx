/// <reference lib="dom" />
import type { Shown } from './shown.ts';
import { Text } from './Text.tsx';
import { Thumbnail } from './Thumbnail.tsx';
import { speaker } from './transcript.ts';
import type { Failure } from './wire.ts';

const TIME = new Intl.DateTimeFormat('fr-FR', { hour: '2-digit', minute: '2-digit' });

const WHY: Record<Failure, string> = {
  unreachable: 'non envoyé',
  tooMany: 'trop de messages à la fois',
  tooBig: 'trop lourd',
  wrongType: 'image refusée (PNG, JPEG, GIF ou WebP)',
  refused: 'refusé',
};

interface Props {
  message: Shown;
  /** What the customer said next: the choices stay visible, and do nothing more. */
  answer: string | undefined;
  /** Whether the same person speaks on within the minute: the time is told once, below the last. */
  more: boolean;
  onChoose: (title: string) => void;
  onRetry: () => void;
}

/** One message of the log: who speaks, the words, pictures, the choices below, and how far its sending is. */
export function Message({ message, answer, more, onChoose, onRetry }: Props) {
  const { from, agent, reply, text, pictures, choices } = message;
  const spent = answer !== undefined;
  return (
    <div class={`turn ${from}`}>
      {agent && <p class="agent">{agent}</p>}
      {(text || reply) && (
        <div class="bubble">
          <span class="sr">{speaker(message)}&nbsp;: </span>
          <Said message={message} />
        </div>
      )}
      {pictures.map((picture) => (
        <PictureOf key={picture.name} picture={picture} />
      ))}
      {/* Not announced: it changes after the message was read out. A failure is told by the panel's status. */}
      <p class="meta" aria-live="off">
        <Fate message={message} more={more} onRetry={onRetry} />
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

/** The words of a message, and what it sums up; addresses are links in the assistant's words alone. */
export function Said({ message: { from, reply, text } }: Pick<Props, 'message'>) {
  if (reply)
    return (
      <>
        {reply.text && <Text text={reply.text} />}
        <Facts facts={reply.facts} />
        {reply.after && <Text text={reply.after} />}
      </>
    );
  return from === 'bot' ? <Text text={text} /> : <p>{text}</p>;
}

function Fate({
  message: { at, state, failure },
  more,
  onRetry,
}: Pick<Props, 'message' | 'more' | 'onRetry'>) {
  switch (state) {
    case 'sent':
      return more ? null : <time dateTime={at.toISOString()}>{TIME.format(at)}</time>;
    case 'sending':
      return <>envoi…</>;
    case 'delivered':
      return <>envoyé</>;
    case 'failed':
      return (
        <button type="button" class="retry" onClick={onRetry}>
          {WHY[failure ?? 'unreachable']} – réessayer
        </button>
      );
  }
}

function PictureOf({ picture }: { picture: Shown['pictures'][0] }) {
  const { name, source } = picture;
  if (typeof source !== 'string') return <Thumbnail picture={picture} />;
  return (
    <a class="picture" href={source} download={name} target="_blank" rel="noopener noreferrer">
      <Thumbnail picture={picture} />
    </a>
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
