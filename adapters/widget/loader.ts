/// <reference lib="dom" />
import { Launcher } from './launcher.ts';
import { CONVERSATION, forgetConversation, kept, PANEL_OPEN } from './storage.ts';

/**
 * What a shop's page loads: the launcher, and nothing else. No request, no cookie and no storage before the click; the
 * panel is fetched then, and on later pages of whoever has a conversation.
 */

export interface PanelApi {
  /** Without `focus` (a panel found open after a reload) what has the focus keeps it. */
  open(focus: boolean): void;
  close(): void;
  /** Who is signed in changed: the conversation goes on as that customer, or another begins. */
  identify(): void;
  /** Leaves the conversation; the next one is a stranger's. */
  logout(): void;
}

/** What a page may listen to: the panel opens, closes, or an answer comes. */
export type PanelEvent = 'open' | 'close' | 'message';

/** What the loader hands to the panel. */
export interface PanelOptions {
  server: string;
  launcher: Launcher;
  /** The shop's own first line, above the conversation. */
  greeting: string | undefined;
  /** `form`: the panel begins with a contact form; a chat when absent. */
  mode: string | undefined;
  /** Address of the shop's logo. */
  logo: string | undefined;
  /** Address of the shop's privacy page. */
  privacy: string | undefined;
  /** The shop's word on who is signed in: a JWT signed with IDENTITY_SECRET. */
  identity: () => string | undefined;
  emit: (event: PanelEvent) => void;
}

type Command = ['open'] | ['close'] | ['identify', string] | ['logout'] | ['on', PanelEvent, () => void];

/**
 * `guichet('open')`, `guichet('close')`, `guichet('identify', token)`, `guichet('logout')`,
 * `guichet('on', 'message', listener)`. A page that calls it before this script has run queues the arguments in
 * `guichet.q`.
 */
type Guichet = ((...command: Command) => void) & { q?: Iterable<Command> };

const page = window as Window & { guichet?: Guichet };
const script = document.currentScript as HTMLScriptElement;
const server = new URL(script.src).origin;

function start(): void {
  const { dataset } = script;
  const launcher = new Launcher(dataset);
  const listeners: [PanelEvent, () => void][] = [];
  const emit = (event: PanelEvent): void => {
    for (const [name, listener] of listeners) if (name === event) listener();
  };
  let identity: string | undefined;

  let panel: Promise<PanelApi> | undefined;
  let tries = 0;
  const load = (): Promise<PanelApi> =>
    (panel ??= importPanel(++tries).then(({ mount }) =>
      mount({
        server,
        launcher,
        greeting: dataset['greeting'],
        mode: dataset['mode'],
        logo: dataset['logo'],
        privacy: dataset['privacy'],
        identity: () => identity,
        emit,
      }),
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
  /** Tells the panel, if there is one. */
  const tell = (what: (api: PanelApi) => void): void => void panel?.then(what, () => undefined);

  launcher.button.addEventListener('click', () =>
    launcher.isOpen ? tell((api) => api.close()) : void open(true),
  );
  const queued = page.guichet?.q ?? [];
  page.guichet = (...command) => {
    switch (command[0]) {
      case 'open':
        return void open(true);
      case 'close':
        return tell((api) => api.close());
      case 'identify':
        identity = command[1];
        return tell((api) => api.identify());
      case 'logout':
        identity = undefined;
        forgetConversation();
        return tell((api) => api.logout());
      case 'on':
        listeners.push([command[1], command[2]]);
    }
  };
  for (const command of queued) page.guichet(...command);
  // Whoever had the panel open on the page before finds it open; whoever has a conversation is told of answers.
  if (kept(PANEL_OPEN)) void open(false);
  else if (kept(CONVERSATION)) load().catch(() => (panel = undefined));
}

/**
 * As a module: it comes to this script alone, so that the shadow root goes to the panel by no name that the page could
 * take. Browsers remember a module that failed, hence an address of its own for each further try.
 */
function importPanel(tries: number): Promise<{ mount: (options: PanelOptions) => PanelApi }> {
  return import(`${server}/widget/panel.js${tries > 1 ? `?${tries}` : ''}`);
}

// A tag that stands twice on a page makes one launcher.
if (!page.guichet || page.guichet.q) {
  if (document.body) start();
  else document.addEventListener('DOMContentLoaded', start);
}
