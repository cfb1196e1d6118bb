/// <reference lib="dom" />
import { useEffect, useState } from 'preact/hooks';

interface Status {
  open: boolean;
  text: string;
  name: string;
}

const REFRESH_MS = 5 * 60_000;

/** Who speaks, and when the support is there; asked again while the panel is open, so that it is right at 18 h too. */
export function Header({ server, open, onClose }: { server: string; open: boolean; onClose: () => void }) {
  const [status, setStatus] = useState<Status>();
  useEffect(() => {
    if (!open) return;
    const refresh = (): void =>
      void fetch(`${server}/widget/status`)
        .then((response) => (response.ok ? (response.json() as Promise<Status>) : undefined))
        // Without a network the line stays as it was; the panel says elsewhere that the connection is lost.
        .then(setStatus, () => undefined);
    refresh();
    const timer = setInterval(refresh, REFRESH_MS);
    return () => clearInterval(timer);
  }, [open]);

  return (
    <div class="head">
      <span class="avatar" aria-hidden="true">
        <svg viewBox="0 0 24 24">
          <path
            d="M12 3.5a7 7 0 0 0-7 7V15a2.5 2.5 0 0 0 2.5 2.5H8v-6H6.5v-1a5.5 5.5 0 0 1 11 0v1H16v6h1.4a3.5 3.5 0 0 1-3 1.8h-.6a1.5 1.5 0 1 0 0 1.4h.6a5 5 0 0 0 4.6-4.1V10.5a7 7 0 0 0-7-7z"
            fill="currentColor"
          />
        </svg>
      </span>
      <div class="who">
        <h2>{status?.name ?? 'Assistant du support'}</h2>
        <p class={status?.open ? 'state on' : 'state'}>{status?.text ?? 'Assistant automatique'}</p>
      </div>
      <button type="button" class="close" aria-label="Fermer le chat" onClick={onClose}>
        <svg viewBox="0 0 24 24" aria-hidden="true">
          <path d="M6 6l12 12M18 6L6 18" stroke="currentColor" stroke-width="2" stroke-linecap="round" />
        </svg>
      </button>
    </div>
  );
}
