/// <reference lib="dom" />
import { useLayoutEffect, useRef, useState } from 'preact/hooks';

interface Props {
  /** @returns whether the conversation is erased; then this goes away with the panel. */
  erase: () => Promise<boolean>;
  onCancel: () => void;
}

/** Asks before the conversation is erased; the safe answer has the focus. */
export function EraseQuestion({ erase, onCancel }: Props) {
  const [state, setState] = useState<'asking' | 'erasing' | 'failed'>('asking');
  const safe = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => safe.current?.focus(), []);
  const run = async (): Promise<void> => {
    if (state === 'erasing') return;
    setState('erasing');
    if (!(await erase())) setState('failed');
  };
  return (
    <div
      class="question"
      role="alertdialog"
      aria-modal="true"
      aria-labelledby="erase-title"
      aria-describedby="erase-text"
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        onCancel();
      }}
    >
      <h3 id="erase-title">Supprimer mes données&nbsp;?</h3>
      <p id="erase-text">
        Cette conversation, ses images et les demandes qui en viennent seront effacées pour de bon. Une
        demande en cours ne sera plus traitée.
      </p>
      <p class="problem" role="status">
        {state === 'failed' && 'La suppression n’a pas abouti. Vérifiez votre connexion, puis réessayez.'}
      </p>
      <div class="answers">
        <button type="button" ref={safe} onClick={onCancel}>
          Garder
        </button>
        <button type="button" class="danger" aria-disabled={state === 'erasing'} onClick={() => void run()}>
          {state === 'erasing' ? 'Suppression…' : 'Supprimer'}
        </button>
      </div>
    </div>
  );
}
