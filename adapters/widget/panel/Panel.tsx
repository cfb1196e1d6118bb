/// <reference lib="dom" />
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { PanelOptions } from '../loader.ts';
import { Composer } from './Composer.tsx';
import { ContactForm } from './ContactForm.tsx';
import { useConversation } from './conversation.ts';
import { EraseQuestion } from './EraseQuestion.tsx';
import { useFiles } from './files.ts';
import { isFullScreen, keepInside, useFullScreen } from './fullScreen.ts';
import { Header, useStatus } from './Header.tsx';
import { Log } from './Log.tsx';
import { Notice } from './Notice.tsx';
import { Offer } from './Offer.tsx';
import { Printed } from './Printed.tsx';
import { usePrint } from './print.ts';
import type { Shown } from './shown.ts';
import { saveText, transcriptText } from './transcript.ts';
import { Typing, useTyping } from './Typing.tsx';
import { useUnread, useVisible } from './unread.ts';
import type { Link } from './wire.ts';

interface Props {
  options: PanelOptions;
  open: boolean;
  onClose: () => void;
  /** The conversation was erased at the server. */
  onErased: () => void;
}

/** The panel: who speaks, what was said, what to answer. It stays mounted when closed, so that nothing is missed. */
export function Panel({ options, open, onClose, onErased }: Props) {
  const { server, launcher, greeting, mode, logo, privacy, identity, emit } = options;
  const { messages, link, agent, typing, send, retry, signTyping, erase } = useConversation(
    server,
    identity,
    () => emit('message'),
  );
  const status = useStatus(server, open);
  const fullScreen = useFullScreen();
  const files = useFiles();
  const { printing, print } = usePrint(launcher.root);
  const [asksToErase, setAsksToErase] = useState(false);
  const [dragged, setDragged] = useState(false);
  const panel = useRef<HTMLElement>(null);
  const last = messages.at(-1);
  const visible = useVisible();
  const unread = useUnread(messages, open && visible);
  useEffect(() => launcher.setUnread(open ? 0 : unread), [open, unread]);
  const isTyping = useTyping(typing, link === 'online' && !agent ? last : undefined);

  const toField = (): void => panel.current?.querySelector('textarea')?.focus();
  // The field takes the focus again once it is no longer inert.
  const asked = useRef(false);
  useLayoutEffect(() => {
    if (asked.current && !asksToErase) toField();
    asked.current = asksToErase;
  }, [asksToErase]);
  const say = (text: string): void => {
    send(text);
    // Not on a phone, where its keyboard would cover the answer.
    if (!isFullScreen()) toField();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') onClose();
    if (event.key === 'Tab' && (fullScreen || asksToErase)) keepInside(event, panel.current!);
  };
  const menu = [
    {
      title: 'Télécharger la conversation',
      run: () => saveText('conversation-support.txt', transcriptText(messages)),
    },
    { title: 'Imprimer la conversation', run: print },
    { title: 'Supprimer mes données', run: () => setAsksToErase(true) },
  ];

  const shop = status?.shop ?? 'la boutique';
  const head = (
    <>
      {greeting && <p class="greeting">{greeting}</p>}
      <Notice notice={status?.notice} privacy={privacy} />
    </>
  );
  // Until something was said; what follows is a conversation like any other.
  const asForm = mode === 'form' && !messages.some(({ from }) => from === 'user');

  return (
    <>
      <section
        class={dragged ? 'panel dragged' : 'panel'}
        role="dialog"
        aria-label="Chat du support"
        aria-modal={fullScreen}
        tabIndex={-1}
        hidden={!open}
        ref={panel}
        onKeyDown={onKeyDown}
        onDragOver={(event) => {
          if (!event.dataTransfer?.types.includes('Files')) return;
          event.preventDefault();
          setDragged(true);
        }}
        onDragLeave={() => setDragged(false)}
        onDrop={(event) => {
          const dropped = event.dataTransfer?.files;
          if (!dropped?.length) return;
          event.preventDefault();
          setDragged(false);
          files.add(dropped);
          toField();
        }}
      >
        <div class="all" inert={asksToErase}>
          <Header status={status} logo={logo} agent={agent} menu={menu} onClose={onClose} />
          <p class="trouble" role="status">
            {troubleOf(link, messages)}
          </p>
          {asForm ? (
            <ContactForm files={files} head={head} onSend={send} />
          ) : (
            <>
              <Log
                messages={messages}
                head={head}
                foot={isTyping && <Typing name={agent} />}
                onChoose={say}
                onRetry={(message) => {
                  retry(message);
                  toField();
                }}
              />
              <Offer asks={last?.asks} onSend={say} />
              <Composer agent={agent} files={files} onSend={send} onInput={() => agent && signTyping()} />
            </>
          )}
        </div>
        {asksToErase && (
          <EraseQuestion
            erase={async () => {
              const erased = await erase();
              if (erased) onErased();
              return erased;
            }}
            onCancel={() => setAsksToErase(false)}
          />
        )}
      </section>
      {printing && <Printed messages={messages} shop={shop} />}
    </>
  );
}

function troubleOf(link: Link, messages: readonly Shown[]): string {
  if (link === 'connecting') return 'Connexion…';
  if (link === 'offline')
    return 'Hors ligne\u00a0: vous pouvez écrire, vos messages partiront au retour du réseau.';
  if (link === 'lost') return 'Connexion perdue, nouvel essai…';
  return messages.some((message) => message.state === 'failed') ? 'Un message n’a pas été envoyé.' : '';
}
