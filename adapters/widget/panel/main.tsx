/// <reference lib="dom" />
import { render } from 'preact';
import type { PanelApi, PanelOptions } from '../loader.ts';
import { CONVERSATION, forgetConversation, keep, PANEL_OPEN } from '../storage.ts';
import { isFullScreen } from './fullScreen.ts';
import composerCss from './composer.css';
import contactCss from './contact.css';
import conversationCss from './conversation.css';
import darkCss from './dark.css';
import headerCss from './header.css';
import lightCss from './light.css';
import messageCss from './message.css';
import panelCss from './panel.css';
import { Panel } from './Panel.tsx';
import printedCss from './printed.css';
import { conversationOf } from './session.ts';

/** The panel's own after its parts': what it says of reduced motion and forced colours is for all. */
const SHEETS = [
  lightCss,
  messageCss,
  conversationCss,
  composerCss,
  contactCss,
  headerCss,
  panelCss,
  printedCss,
];

/** When the dark colours stand in place of the light ones: the browser's preference decides where the shop does not. */
const DARK_WHEN: Readonly<Record<string, string>> = { dark: 'all', light: 'not all' };

/** The panel's entry: mounts beside the launcher, in the same shadow root, when the launcher was first clicked. */
export function mount(options: PanelOptions): PanelApi {
  const { launcher, emit } = options;
  const { theme = '' } = (launcher.root.host as HTMLElement).dataset;
  launcher.root.adoptedStyleSheets = [
    ...launcher.root.adoptedStyleSheets,
    sheet(SHEETS.join('\n')),
    sheet(darkCss, DARK_WHEN[theme] ?? '(prefers-color-scheme: dark)'),
  ];
  const place = document.createElement('div');
  // Before the launcher in the order of Tab, as it stands on the screen.
  launcher.root.prepend(place);
  let shown = false;
  let mounted = false;
  /** Counts conversations: another one has a panel of its own, and nothing of the one before. */
  let conversation = 0;
  const draw = (): void => {
    mounted = true;
    render(
      <Panel key={conversation} options={options} open={shown} onClose={close} onErased={onErased} />,
      place,
    );
  };
  const show = (open: boolean): void => {
    keep(PANEL_OPEN, open ? '1' : undefined);
    launcher.setOpen(open);
    const changed = open !== shown;
    shown = open;
    // What was left is not begun again by closing it.
    if (open || mounted) draw();
    if (changed) emit(open ? 'open' : 'close');
  };
  const close = (): void => {
    const focused = place.contains(launcher.root.activeElement);
    show(false);
    if (focused) launcher.button.focus();
  };
  /** Ends the conversation in this tab; the next one begins at the next opening, and not before. */
  const leave = (): void => {
    close();
    launcher.setUnread(0);
    render(null, place);
    mounted = false;
    conversation += 1;
  };
  const onErased = (): void => {
    forgetConversation();
    leave();
    launcher.say('Votre conversation est supprimée.');
  };
  // Another tab erased the conversation, left it, or began another.
  addEventListener('storage', ({ key, oldValue, newValue }) => {
    if (key !== CONVERSATION.key || oldValue === null) return;
    if (newValue === null) {
      leave();
      // What this tab alone keeps, the draft among it.
      forgetConversation();
    } else if (conversationOf(oldValue) !== conversationOf(newValue)) restart();
  });
  const restart = (): void => {
    if (!mounted) return;
    conversation += 1;
    draw();
  };
  draw();
  return {
    open: (focus) => {
      show(true);
      // On a phone the field would bring its keyboard up over the first message; the dialog itself does not.
      if (isFullScreen()) place.querySelector<HTMLElement>('.panel')!.focus();
      else if (focus) place.querySelector<HTMLElement>('select, textarea')!.focus();
    },
    close,
    identify: restart,
    logout: leave,
  };
}

function sheet(css: string, media = 'all'): CSSStyleSheet {
  const made = new CSSStyleSheet({ media });
  made.replaceSync(css);
  return made;
}
