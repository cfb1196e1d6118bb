/// <reference lib="dom" />
import { useLayoutEffect, useRef, useState } from 'preact/hooks';

/** Characters; the server cuts what is longer. */
const MAX = 4_000;
const NEAR_MAX = 300;

/** Enter sends, Shift + Enter makes a line; what is typed is kept until it is on its way. */
export function Composer({ onSend }: { onSend: (text: string) => void }) {
  const [text, setText] = useState('');
  const area = useRef<HTMLTextAreaElement>(null);
  const left = MAX - text.length;
  // Grows with what is typed; the style sheet ends that at five lines.
  useLayoutEffect(() => {
    const { style } = area.current!;
    style.height = 'auto';
    const borders = area.current!.offsetHeight - area.current!.clientHeight;
    style.height = `${area.current!.scrollHeight + borders}px`;
  }, [text]);
  const send = (): void => {
    if (!text.trim()) return;
    onSend(text.trim());
    setText('');
    area.current?.focus();
  };
  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <div class="row">
        <textarea
          ref={area}
          rows={1}
          maxLength={MAX}
          value={text}
          aria-label="Votre message"
          placeholder="Votre message"
          enterkeyhint="send"
          onInput={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
            event.preventDefault();
            send();
          }}
        />
        {/* Its name differs from that of the recap's choice « Envoyer ». */}
        <button type="submit" class="send" aria-label="Envoyer le message" aria-disabled={!text.trim()}>
          <svg viewBox="0 0 24 24" aria-hidden="true">
            <path d="M3.4 20.4 21 12 3.4 3.6 3.4 10.1 15 12 3.4 13.9z" fill="currentColor" />
          </svg>
        </button>
      </div>
      {left <= NEAR_MAX && (
        <p class="note">
          {left} caractère{left > 1 ? 's' : ''} restant{left > 1 ? 's' : ''}
        </p>
      )}
      <p class="note">Assistant automatique · ne communiquez jamais votre numéro de carte</p>
    </form>
  );
}
