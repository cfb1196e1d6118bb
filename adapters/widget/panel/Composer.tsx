/// <reference lib="dom" />
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { DRAFT, keep, kept } from '../storage.ts';
import { Attach, Waiting } from './Attach.tsx';
import type { Files } from './files.ts';

/** Characters; the server cuts what is longer. */
const MAX = 4_000;
const NEAR_MAX = 300;

interface Props {
  /** Who answers, when it is a human. */
  agent: string | undefined;
  files: Files;
  onSend: (text: string, files: File[]) => void;
  /** The customer has typed something. */
  onInput: () => void;
}

/** Enter sends, Shift + Enter makes a line; what is typed is kept until it is on its way, over a reload too. */
export function Composer({ agent, files, onSend, onInput }: Props) {
  const [text, setText] = useState(() => kept(DRAFT) ?? '');
  const area = useRef<HTMLTextAreaElement>(null);
  const left = MAX - text.length;
  const empty = !text.trim() && files.list.length === 0;
  useEffect(() => keep(DRAFT, text || undefined), [text]);
  // Grows with what is typed; the style sheet ends that at five lines. A closed panel has no height to go by.
  const grow = (): void => {
    const { style } = area.current!;
    style.height = 'auto';
    style.height = `${area.current!.scrollHeight}px`;
  };
  useLayoutEffect(grow, [text]);
  const send = (): void => {
    if (!empty) {
      onSend(text.trim(), files.take());
      setText('');
    }
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
      <Waiting files={files} onRemoved={() => area.current?.focus()} />
      <div class="row">
        <Attach files={files} onAdded={() => area.current?.focus()} />
        <textarea
          ref={area}
          rows={1}
          maxLength={MAX}
          value={text}
          aria-label="Votre message"
          placeholder="Votre message"
          enterkeyhint="send"
          onFocus={grow}
          onInput={(event) => {
            setText(event.currentTarget.value);
            onInput();
          }}
          onPaste={(event) => {
            const pasted = event.clipboardData?.files;
            if (!pasted?.length) return;
            event.preventDefault();
            files.add(pasted);
          }}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
            event.preventDefault();
            send();
          }}
        />
        {/* Its name differs from that of the recap's choice « Envoyer ». */}
        <button type="submit" class="send" aria-label="Envoyer le message" aria-disabled={empty}>
          <svg viewBox="0 0 24 24" aria-hidden="true">
            <path
              d="M12 19V6M6 11.5L12 5.5l6 6"
              fill="none"
              stroke="currentColor"
              stroke-width="2.2"
              stroke-linecap="round"
              stroke-linejoin="round"
            />
          </svg>
        </button>
      </div>
      {left <= NEAR_MAX && (
        <p class="note">
          {left} caractère{left > 1 ? 's' : ''} restant{left > 1 ? 's' : ''}
        </p>
      )}
      <p class="note">
        {agent === undefined ? 'Assistant automatique' : `Conversation avec ${agent}`} · jamais de numéro de
        carte ici
      </p>
    </form>
  );
}
