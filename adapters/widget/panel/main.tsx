/// <reference lib="dom" />
import { render } from 'preact';
import type { PanelApi, PanelOptions } from '../loader.ts';
import css from './panel.css';
import { Panel } from './Panel.tsx';

/** The panel's entry: mounts beside the launcher, in the same shadow root, when the launcher was first clicked. */
function mount(options: PanelOptions): PanelApi {
  const { root, launcher } = options;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  const place = document.createElement('div');
  root.append(place);
  let open = false;
  const show = (next: boolean): void => {
    open = next;
    sessionStorage.setItem('guichet-open', open ? '1' : '0');
    launcher.setAttribute('aria-expanded', String(open));
    launcher.setAttribute('aria-label', open ? 'Fermer le chat du support' : 'Ouvrir le chat du support');
    render(<Panel options={options} open={open} onClose={() => api.close()} />, place);
  };
  const api: PanelApi = {
    open: () => show(true),
    close: () => {
      show(false);
      launcher.focus();
    },
  };
  return api;
}

(window as unknown as { guichetPanel: typeof mount }).guichetPanel = mount;
