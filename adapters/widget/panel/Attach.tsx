/// <reference lib="dom" />
import { useRef } from 'preact/hooks';
import { type Files, TYPES } from './files.ts';
import { Thumbnail } from './Thumbnail.tsx';

/** The button that picks pictures. */
export function Attach({ files, onAdded }: { files: Files; onAdded: () => void }) {
  const picker = useRef<HTMLInputElement>(null);
  return (
    <>
      <button
        type="button"
        class="attach"
        aria-label="Joindre une capture d’écran"
        onClick={() => picker.current?.click()}
      >
        <svg viewBox="0 0 24 24" aria-hidden="true">
          <path
            d="M8 12.5l6.2-6.2a2.6 2.6 0 0 1 3.7 3.7l-7.8 7.8a4.3 4.3 0 0 1-6.1-6.1l7.4-7.4"
            fill="none"
            stroke="currentColor"
            stroke-width="1.8"
            stroke-linecap="round"
            stroke-linejoin="round"
          />
        </svg>
      </button>
      <input
        ref={picker}
        type="file"
        hidden
        multiple
        accept={TYPES.join()}
        onChange={(event) => {
          files.add(event.currentTarget.files ?? []);
          // So that the same file can be picked again.
          event.currentTarget.value = '';
          onAdded();
        }}
      />
    </>
  );
}

/** The pictures that wait to be sent, and what could not be added. */
export function Waiting({ files, onRemoved }: { files: Files; onRemoved: () => void }) {
  return (
    <>
      {files.list.length > 0 && (
        <ul class="waiting" aria-label="Images à envoyer">
          {files.list.map((file) => (
            <li key={file}>
              <Thumbnail picture={{ name: file.name, source: file }} />
              <button
                type="button"
                aria-label={`Retirer l’image ${file.name}`}
                onClick={() => {
                  files.remove(file);
                  onRemoved();
                }}
              >
                ×
              </button>
            </li>
          ))}
        </ul>
      )}
      <p class="problem" role="alert">
        {files.problem}
      </p>
    </>
  );
}
