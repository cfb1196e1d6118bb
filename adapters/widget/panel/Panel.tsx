/// <reference lib="dom" />
import { useEffect, useRef } from 'preact/hooks';
import type { PanelOptions } from '../loader.ts';
import { Composer } from './Composer.tsx';
import { type Shown, useConversation } from './conversation.ts';
import { isFullScreen, keepInside, useFullScreen } from './fullScreen.ts';
import { Header } from './Header.tsx';
import { Message } from './Message.tsx';
import { useScroll } from './scroll.ts';

const DAY = new Intl.DateTimeFormat('fr-FR', { weekday: 'long', day: 'numeric', month: 'long' });

interface Props {
  options: PanelOptions;
  open: boolean;
  onClose: () => void;
}

/** The panel: who speaks, what was said, what to answer. It stays mounted when closed, so that nothing is missed. */
export function Panel({ options, open, onClose }: Props) {
  const { server, launcher, greeting, emit } = options;
  const { messages, link, send } = useConversation(server, () => emit('message'));
  const fullScreen = useFullScreen();
  const panel = useRef<HTMLElement>(null);
  const log = useRef<HTMLDivElement>(null);
  const last = messages.at(-1);
  const scroll = useScroll(log, messages.length, last?.state === 'sending');

  const answers = messages.filter((message) => message.from === 'bot').length;
  const read = useRef(0);
  useEffect(() => {
    if (open || read.current > answers) read.current = answers;
    launcher.setUnread(answers - read.current);
  }, [open, answers]);

  const thinking = last?.from === 'user' && last.state !== 'failed' && link === 'online';
  const choose = (title: string): void => {
    send(title);
    // Not on a phone, where its keyboard would cover the answer.
    if (!isFullScreen()) panel.current?.querySelector('textarea')?.focus();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') onClose();
    if (event.key === 'Tab' && fullScreen) keepInside(event, panel.current!);
  };

  return (
    <section
      class="panel"
      role="dialog"
      aria-label="Chat du support"
      aria-modal={fullScreen}
      tabIndex={-1}
      hidden={!open}
      ref={panel}
      onKeyDown={onKeyDown}
    >
      <Header server={server} open={open} onClose={onClose} />
      <p class="trouble" role="status">
        {troubleOf(link, messages)}
      </p>
      <div class="log" role="log" aria-label="Conversation" tabIndex={0} ref={log} onScroll={scroll.onScroll}>
        {greeting && <p class="greeting">{greeting}</p>}
        {messages.map((message, i) => {
          const day = DAY.format(message.at);
          const newDay = i === 0 || DAY.format(messages[i - 1]!.at) !== day;
          return (
            <div key={message.key} aria-live={message.past ? 'off' : undefined}>
              {newDay && <p class="day">{day}</p>}
              <Message
                message={message}
                answer={messages.slice(i + 1).find((later) => later.from === 'user')?.text}
                onChoose={choose}
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
      <div class="below">
        {scroll.below && (
          <button type="button" onClick={scroll.toEnd}>
            Nouveau message ↓
          </button>
        )}
      </div>
      <Composer onSend={send} />
    </section>
  );
}

function troubleOf(link: string, messages: readonly Shown[]): string {
  if (link === 'connecting') return 'Connexion…';
  if (link === 'offline') return 'Connexion perdue, nouvel essai…';
  return messages.some((message) => message.state === 'failed') ? 'Un message n’a pas été envoyé.' : '';
}
