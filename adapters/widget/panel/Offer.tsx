/// <reference lib="dom" />
import { browserName } from './browserName.ts';

interface Props {
  /** The detail that the assistant asks for (dialogs/displayBug.ts, dialogs/slowness.ts). */
  asks: string | undefined;
  onSend: (text: string) => void;
}

/**
 * Offers what the page knows when the assistant asks for it: its address and the browser. Nothing is taken by itself; what
 * would be sent stands on the button, and is sent as a message like any other.
 */
export function Offer({ asks, onSend }: Props) {
  const address = location.href.split('#')[0]!;
  const browser = browserName();
  const said = asks === 'url' ? [address, browser] : asks === 'browser' ? [browser] : [];
  const text = said.filter(Boolean).join(', ');
  if (!text) return null;
  return (
    <div class="offer">
      <button type="button" onClick={() => onSend(text)}>
        <span>{asks === 'url' ? 'Indiquer cette page et mon navigateur' : 'Indiquer mon navigateur'}</span>
        <small>{text.replace(/^https?:\/\//, '')}</small>
      </button>
    </div>
  );
}
