/// <reference lib="dom" />
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { PanelOptions } from '../loader.ts';
import { Composer } from './Composer.tsx';
import { useConversation } from './conversation.ts';
import { Message } from './Message.tsx';

interface Status {
  open: boolean;
  text: string;
  name: string;
}

const LINK_TEXT = {
  connecting: 'Connexion…',
  online: '',
  offline: 'Connexion perdue, nouvel essai…',
} as const;
const DAY = new Intl.DateTimeFormat('fr-FR', { weekday: 'long', day: 'numeric', month: 'long' });

/** The panel: who speaks, what was said, what to answer. It stays mounted when closed, so that nothing is missed. */
export function Panel({
  options,
  open,
  onClose,
}: {
  options: PanelOptions;
  open: boolean;
  onClose: () => void;
}) {
  const { messages, link, send } = useConversation(options.server);
  const [status, setStatus] = useState<Status>();
  const [used, setUsed] = useState<ReadonlySet<string>>(new Set());
  const log = useRef<HTMLDivElement>(null);
  const panel = useRef<HTMLElement>(null);
  const read = useRef(0);

  useEffect(() => {
    if (!open) return;
    panel.current?.querySelector('textarea')?.focus();
    void fetch(`${options.server}/widget/status`)
      .then((response) => response.json() as Promise<Status>)
      .then(setStatus, () => undefined);
  }, [open]);

  const answers = messages.filter((message) => message.from === 'bot').length;
  useEffect(() => {
    if (open) read.current = answers;
    options.onUnread(open ? 0 : Math.max(0, answers - read.current));
  }, [open, answers]);
  useLayoutEffect(() => log.current?.scrollTo({ top: log.current.scrollHeight }), [messages.length, open]);

  const last = messages.at(-1);
  const thinking = last?.from === 'user' && last.state !== 'failed' && link === 'online';
  const choose = (key: string, title: string): void => {
    setUsed(new Set([...used, key]));
    send(title);
    panel.current?.querySelector('textarea')?.focus();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') onClose();
    if (event.key === 'Tab' && matchMedia('(max-width: 480px)').matches) keepInside(event, panel.current!);
  };

  return (
    <section
      class="panel"
      role="dialog"
      aria-label="Chat du support"
      hidden={!open}
      ref={panel}
      onKeyDown={onKeyDown}
    >
      <header class="head">
        <span class="avatar" aria-hidden="true">
          G
        </span>
        <div class="who">
          <h2>{status?.name ?? 'Assistant du support'}</h2>
          <p class={`state ${status?.open ? 'on' : ''}`}>{status?.text ?? 'Assistant automatique'}</p>
        </div>
        <button type="button" class="close" aria-label="Fermer le chat" onClick={onClose}>
          ×
        </button>
      </header>
      <p class="link" role="status" hidden={LINK_TEXT[link] === ''}>
        {LINK_TEXT[link]}
      </p>
      <div class="log" role="log" aria-label="Conversation" tabIndex={0} ref={log}>
        {messages.map((message, i) => {
          const day = DAY.format(message.at);
          const newDay = i === 0 || DAY.format(messages[i - 1]!.at) !== day;
          const spent = used.has(message.key) || messages.slice(i + 1).some((later) => later.from === 'user');
          return (
            <div key={message.key}>
              {newDay && <p class="day">{day}</p>}
              <Message
                message={message}
                spent={spent}
                onChoose={(title) => choose(message.key, title)}
                onRetry={() => send(message.text, message.key)}
              />
            </div>
          );
        })}
        {thinking && (
          <p class="typing" aria-hidden="true">
            <i /> <i /> <i />
          </p>
        )}
      </div>
      <Composer onSend={(text) => send(text)} />
    </section>
  );
}

/** On a phone the panel covers the page, so the keyboard stays in it. */
function keepInside(event: KeyboardEvent, panel: HTMLElement): void {
  const stops = [...panel.querySelectorAll<HTMLElement>('button, textarea, a, [tabindex="0"]')];
  const active = (panel.getRootNode() as ShadowRoot).activeElement;
  const [first, last] = [stops[0]!, stops.at(-1)!];
  if (event.shiftKey ? active === first : active === last) {
    event.preventDefault();
    (event.shiftKey ? last : first).focus();
  }
}
