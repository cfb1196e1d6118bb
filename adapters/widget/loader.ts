/// <reference lib="dom" />
import { Launcher } from './launcher.ts';
import { kept, PANEL_OPEN } from './storage.ts';

/**
 * What a shop's page loads: the launcher, and nothing else. No request, no cookie and no storage before the click; the
 * panel is fetched then.
 */

export interface PanelApi {
  /** Without `focus` (a panel found open after a reload) what has the focus keeps it. */
  open(focus: boolean): void;
  close(): void;
}

/** What a page may listen to: the panel opens, closes, or an answer comes. */
export type PanelEvent = 'open' | 'close' | 'message';

/** What the loader hands to the panel. */
export interface PanelOptions {
  server: string;
  launcher: Launcher;
  /** The shop's own first line, above the conversation. */
  greeting: string | undefined;
  emit: (event: PanelEvent) => void;
}

type Command = ['open'] | ['close'] | ['on', PanelEvent, () => void];

/**
 * `guichet('open')`, `guichet('close')`, `guichet('on', 'message', listener)`. A page that calls it before this script has
 * run queues the arguments in `guichet.q`.
 */
type Guichet = ((...command: Command) => void) & { q?: Iterable<Command> };

const page = window as Window & { guichet?: Guichet; guichetPanel?: (options: PanelOptions) => PanelApi };
const script = document.currentScript as HTMLScriptElement;
const server = new URL(script.src).origin;

function start(): void {
  const launcher = new Launcher(script.dataset);
  const listeners: [PanelEvent, () => void][] = [];
  const emit = (event: PanelEvent): void => {
    for (const [name, listener] of listeners) if (name === event) listener();
  };

  let panel: Promise<PanelApi> | undefined;
  const load = (): Promise<PanelApi> =>
    (panel ??= loadPanel().then((mount) =>
      mount({ server, launcher, greeting: script.dataset['greeting'], emit }),
    ));
  const open = async (focus: boolean): Promise<void> => {
    launcher.setLoading(true);
    try {
      (await load()).open(focus);
      launcher.say('');
    } catch {
      panel = undefined;
      launcher.say('Le chat n’a pas pu s’ouvrir. Vérifiez votre connexion, puis réessayez.');
    }
    launcher.setLoading(false);
  };
  const close = (): void => void panel?.then((api) => api.close());

  launcher.button.addEventListener('click', () => (launcher.isOpen ? close() : void open(true)));
  const queued = page.guichet?.q ?? [];
  page.guichet = (...command) => {
    if (command[0] === 'open') void open(true);
    else if (command[0] === 'close') close();
    else listeners.push([command[1], command[2]]);
  };
  for (const command of queued) page.guichet(...command);
  // Whoever had the panel open on the page before finds it open: that was kept after a click.
  if (kept(PANEL_OPEN)) void open(false);
}

function loadPanel(): Promise<(options: PanelOptions) => PanelApi> {
  return new Promise((resolve, reject) => {
    const element = document.createElement('script');
    element.src = `${server}/widget/panel.js`;
    element.onload = () => resolve(page.guichetPanel!);
    element.onerror = () => {
      element.remove();
      reject(new Error('The chat panel could not be loaded.'));
    };
    document.head.append(element);
  });
}

// A tag that stands twice on a page makes one launcher.
if (!page.guichet || page.guichet.q) {
  if (document.body) start();
  else document.addEventListener('DOMContentLoaded', start);
}
