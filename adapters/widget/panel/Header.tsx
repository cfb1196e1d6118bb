/// <reference lib="dom" />
import { useEffect, useState } from 'preact/hooks';
import { type Entry, Menu } from './Menu.tsx';
import type { NoticeText } from './Notice.tsx';

export interface Status {
  open: boolean;
  text: string;
  /** The shop's name, as in a sentence. */
  shop: string;
  notice: NoticeText;
}

const REFRESH_MS = 5 * 60_000;

/** When the support is there; asked again while the panel is open, so that it is right at 18 h too. */
export function useStatus(server: string, open: boolean): Status | undefined {
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
  return status;
}

interface Props {
  status: Status | undefined;
  logo: string | undefined;
  /** The human who has the conversation. */
  agent: string | undefined;
  menu: readonly Entry[];
  onClose: () => void;
}

/** Who speaks, when the support is there, and what can be done with the conversation. */
export function Header({ status, logo, agent, menu, onClose }: Props) {
  return (
    <div class="head">
      <Avatar logo={logo} />
      <div class="who">
        <h2>{agent ?? atStart(status?.shop ?? 'support')}</h2>
        <p class={status?.open ? 'state on' : 'state'}>{status?.text ?? 'Assistant automatique'}</p>
      </div>
      <Menu entries={menu} />
      <button type="button" class="icon" aria-label="Fermer le chat" onClick={onClose}>
        <svg viewBox="0 0 24 24" aria-hidden="true">
          <path d="M6 6l12 12M18 6L6 18" stroke="currentColor" stroke-width="2" stroke-linecap="round" />
        </svg>
      </button>
    </div>
  );
}

function atStart(words: string): string {
  return words[0]!.toUpperCase() + words.slice(1);
}

function Avatar({ logo }: { logo: string | undefined }) {
  const [broken, setBroken] = useState(false);
  return (
    <span class="avatar" aria-hidden="true">
      {logo && !broken ? (
        <img src={logo} alt="" onError={() => setBroken(true)} />
      ) : (
        <svg viewBox="0 0 24 24">
          <path
            d="M12 3.5a7 7 0 0 0-7 7V15a2.5 2.5 0 0 0 2.5 2.5H8v-6H6.5v-1a5.5 5.5 0 0 1 11 0v1H16v6h1.4a3.5 3.5 0 0 1-3 1.8h-.6a1.5 1.5 0 1 0 0 1.4h.6a5 5 0 0 0 4.6-4.1V10.5a7 7 0 0 0-7-7z"
            fill="currentColor"
          />
        </svg>
      )}
    </span>
  );
}
