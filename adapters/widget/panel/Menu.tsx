/// <reference lib="dom" />
import { useRef, useState } from 'preact/hooks';

export interface Entry {
  title: string;
  run: () => void;
}

/** A button that discloses others. Escape, a choice, or leaving it with the focus closes it. */
export function Menu({ entries }: { entries: readonly Entry[] }) {
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  return (
    <div
      class="menu"
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !open) return;
        // The panel would close at it.
        event.stopPropagation();
        setOpen(false);
        button.current?.focus();
      }}
      onFocusOut={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOpen(false);
      }}
    >
      <button
        type="button"
        class="icon"
        ref={button}
        aria-label="Options de la conversation"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        <svg viewBox="0 0 24 24" aria-hidden="true">
          <path
            d="M5 10a2 2 0 1 0 0 4 2 2 0 0 0 0-4zm7 0a2 2 0 1 0 0 4 2 2 0 0 0 0-4zm7 0a2 2 0 1 0 0 4 2 2 0 0 0 0-4z"
            fill="currentColor"
          />
        </svg>
      </button>
      {open && (
        <div class="entries">
          {entries.map(({ title, run }) => (
            <button
              key={title}
              type="button"
              onClick={() => {
                button.current?.focus();
                setOpen(false);
                run();
              }}
            >
              {title}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}
