/// <reference lib="dom" />

/**
 * What a shop's page loads: the launcher, and nothing else. No request, no cookie and no storage before the click; the
 * panel is fetched then. `guichet('open' | 'close')` may be called before this script has run (it is queued).
 */

export interface PanelApi {
  open(): void;
  close(): void;
}

interface GuichetWindow extends Window {
  guichet?: ((command: string) => void) & { q?: string[] };
  guichetPanel?: (options: PanelOptions) => PanelApi;
}

/** What the loader hands to the panel. */
export interface PanelOptions {
  server: string;
  root: ShadowRoot;
  launcher: HTMLButtonElement;
  onUnread(count: number): void;
}

const page = window as GuichetWindow;
const script = document.currentScript as HTMLScriptElement;
const server = new URL(script.src).origin;

const STYLE = `
:host{all:initial;--brand:#1f4fd8;--ink:#fff;position:fixed;z-index:2147483000;bottom:20px;right:20px;font-family:system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
:host([data-position=left]){right:auto;left:20px}
.launcher{all:unset;box-sizing:border-box;width:60px;height:60px;border-radius:50%;background:var(--brand);color:var(--ink);display:grid;place-items:center;cursor:pointer;box-shadow:0 6px 24px rgba(10,20,50,.28);transition:transform .15s}
.launcher:hover{transform:scale(1.05)}
.launcher:focus-visible{outline:3px solid #fff;box-shadow:0 0 0 6px var(--brand)}
.launcher svg{width:28px;height:28px}
.badge{position:absolute;top:-4px;right:-4px;min-width:22px;height:22px;box-sizing:border-box;padding:0 6px;border-radius:11px;background:#c81e3a;color:#fff;font:600 13px/22px system-ui,sans-serif;text-align:center}
.badge[hidden]{display:none}
@media (prefers-reduced-motion:reduce){.launcher{transition:none}}
@media print{:host{display:none}}`;

function start(): void {
  const host = document.createElement('div');
  for (const name of ['position', 'theme', 'greeting']) {
    const value = script.dataset[name];
    if (value) host.dataset[name] = value;
  }
  // Open, so that assistive tools and tests reach in; page styles do not cross either way.
  const root = host.attachShadow({ mode: 'open' });
  // A constructed sheet, and properties set by script: a strict Content-Security-Policy forbids neither.
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLE);
  root.adoptedStyleSheets = [sheet];
  if (script.dataset['color']) host.style.setProperty('--brand', script.dataset['color']);

  const launcher = document.createElement('button');
  launcher.className = 'launcher';
  launcher.type = 'button';
  launcher.setAttribute('aria-label', 'Ouvrir le chat du support');
  launcher.setAttribute('aria-expanded', 'false');
  const icon = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  icon.setAttribute('viewBox', '0 0 24 24');
  icon.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  path.setAttribute(
    'd',
    'M12 3c5 0 9 3.4 9 7.6s-4 7.6-9 7.6c-1 0-2-.1-2.9-.4L4.5 20l.9-3.5C3.9 15.1 3 12.9 3 10.6 3 6.4 7 3 12 3z',
  );
  path.setAttribute('fill', 'currentColor');
  icon.append(path);
  const badge = document.createElement('span');
  badge.className = 'badge';
  badge.hidden = true;
  launcher.append(icon);
  root.append(launcher, badge);
  document.body.append(host);

  const onUnread = (count: number): void => {
    badge.hidden = count === 0;
    badge.textContent = String(count);
    if (launcher.getAttribute('aria-expanded') === 'true') return;
    const unread =
      count === 0 ? '' : `, ${count} message${count > 1 ? 's' : ''} non lu${count > 1 ? 's' : ''}`;
    launcher.setAttribute('aria-label', `Ouvrir le chat du support${unread}`);
  };

  let panel: Promise<PanelApi> | undefined;
  const load = (): Promise<PanelApi> =>
    (panel ??= new Promise<PanelApi>((resolve, reject) => {
      const element = document.createElement('script');
      element.src = `${server}/widget/panel.js`;
      element.onload = () => resolve(page.guichetPanel!({ server, root, launcher, onUnread }));
      element.onerror = () => {
        panel = undefined;
        element.remove();
        reject(new Error('The chat panel could not be loaded.'));
      };
      document.head.append(element);
    }));
  const run = (command: string): void => {
    if (command === 'open') void load().then((api) => api.open());
    if (command === 'close' && panel) void panel.then((api) => api.close());
  };

  launcher.addEventListener('click', () =>
    run(launcher.getAttribute('aria-expanded') === 'true' ? 'close' : 'open'),
  );
  const queued = page.guichet?.q ?? [];
  page.guichet = run;
  for (const command of queued) run(command);
  // Whoever had the panel open on the page before finds it open: that storage was made after a click.
  if (sessionStorage.getItem('guichet-open') === '1') run('open');
}

if (document.body) start();
else document.addEventListener('DOMContentLoaded', start);
