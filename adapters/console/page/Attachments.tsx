/// <reference lib="dom" />
import { useRef } from 'preact/hooks';

/** The button that picks pictures. */
export function Attach({ onAdded }: { onAdded: (files: File[]) => void }) {
  const picker = useRef<HTMLInputElement>(null);
  return (
    <>
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
          onAdded([...(currentTarget.files ?? [])]);
          currentTarget.value = '';
        }}
      />
    </>
  );
}

/** The pictures that wait to be sent; each can be taken back. */
export function Attached({ files, onRemoved }: { files: readonly File[]; onRemoved: (file: File) => void }) {
  if (files.length === 0) return null;
  return (
    <ul class="row" aria-label="Images à envoyer">
      {files.map((file) => (
        <li key={file} class="badge">
          {file.name}{' '}
          <button
            type="button"
            class="link"
            aria-label={`Retirer ${file.name}`}
            onClick={() => onRemoved(file)}
          >
            ×
          </button>
        </li>
      ))}
    </ul>
  );
}
