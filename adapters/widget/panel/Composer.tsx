/// <reference lib="dom" />
import { useRef, useState } from 'preact/hooks';

const MAX = 4_000;

/** Enter sends, Shift + Enter makes a line; what is typed is kept until it is on its way. */
export function Composer({ onSend }: { onSend: (text: string) => void }) {
  const [text, setText] = useState('');
  const area = useRef<HTMLTextAreaElement>(null);
  const send = (): void => {
    if (!text.trim()) return;
    onSend(text.trim());
    setText('');
    area.current?.focus();
  };
  const rows = Math.min(5, text.split('\n').length + Math.floor(text.length / 42));
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
          rows={rows}
          maxLength={MAX}
          value={text}
          aria-label="Votre message"
          placeholder="Votre message"
          onInput={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
            event.preventDefault();
            send();
          }}
        />
        <button type="submit" class="send" aria-label="Envoyer le message" aria-disabled={!text.trim()}>
          <svg viewBox="0 0 24 24" aria-hidden="true">
            <path d="M4 12l16-8-6 16-2.5-6.5z" fill="currentColor" />
          </svg>
        </button>
      </div>
      {text.length > MAX - 300 && <p class="note">{MAX - text.length} caractères restants</p>}
      <p class="note">Assistant automatique · ne communiquez jamais votre numéro de carte</p>
    </form>
  );
}
