/// <reference lib="dom" />
import { render } from 'preact';
import type { PanelApi, PanelOptions } from '../loader.ts';
import { keep, PANEL_OPEN } from '../storage.ts';
import { isFullScreen } from './fullScreen.ts';
import css from './panel.css';
import { Panel } from './Panel.tsx';

/** The panel's entry: mounts beside the launcher, in the same shadow root, when the launcher was first clicked. */
function mount(options: PanelOptions): PanelApi {
  const { launcher, emit } = options;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  launcher.root.adoptedStyleSheets = [...launcher.root.adoptedStyleSheets, sheet];
  const place = document.createElement('div');
  // Before the launcher in the order of Tab, as it stands on the screen.
  launcher.root.prepend(place);
  let shown = false;
  const show = (open: boolean): void => {
    keep(PANEL_OPEN, open ? '1' : undefined);
    launcher.setOpen(open);
    render(<Panel options={options} open={open} onClose={close} />, place);
    if (open !== shown) emit(open ? 'open' : 'close');
    shown = open;
  };
  const close = (): void => {
    const focused = place.contains(launcher.root.activeElement);
    show(false);
    if (focused) launcher.button.focus();
  };
  return {
    open: (focus) => {
      show(true);
      // On a phone the field would bring its keyboard up over the first message; the dialog itself does not.
      if (isFullScreen()) place.querySelector<HTMLElement>('.panel')!.focus();
      else if (focus) place.querySelector('textarea')!.focus();
    },
    close,
  };
}

(window as Window & { guichetPanel?: typeof mount }).guichetPanel = mount;
