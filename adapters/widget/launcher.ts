/// <reference lib="dom" />
import css from './launcher.css';

const BUBBLE =
  'M12 3c5 0 9 3.4 9 7.6s-4 7.6-9 7.6c-1 0-2-.1-2.9-.4L4.5 20l.9-3.5C3.9 15.1 3 12.9 3 10.6 3 6.4 7 3 12 3z';
const CHEVRON = 'M5.3 8.3 12 15l6.7-6.7 1.6 1.6L12 18.2 3.7 9.9z';

/** The round button in the page's corner, and the shadow root in which the panel will stand too. */
export class Launcher {
  readonly root: ShadowRoot;
  readonly button: HTMLButtonElement;
  private readonly badge: HTMLElement;
  private readonly notice: HTMLElement;
  private unread = 0;

  /** `settings` are the data attributes of the script's tag: color, position, theme. */
  constructor(settings: DOMStringMap) {
    const host = document.createElement('div');
    for (const name of ['position', 'theme']) {
      const value = settings[name];
      if (value) host.dataset[name] = value;
    }
    // Closed: scripts of the page that walk through the document (session recorders, autofill, whoever) do not read what
    // customers say. docs/widget.md says what this does not hold back.
    this.root = host.attachShadow({ mode: 'closed' });
    // A constructed sheet, and properties set by script: a strict Content-Security-Policy forbids neither.
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    this.root.adoptedStyleSheets = [sheet];

    this.button = document.createElement('button');
    this.button.type = 'button';
    this.button.className = 'launcher';
    this.button.append(icon(BUBBLE, 'when-closed'), icon(CHEVRON, 'when-open'));
    this.badge = element('badge');
    // The button's name says it in words.
    this.badge.setAttribute('aria-hidden', 'true');
    this.notice = element('notice');
    this.notice.setAttribute('role', 'status');
    this.root.append(this.button, this.badge, this.notice);
    document.body.append(host);
    this.stayOn(host);
    this.keepKeysFromPage(host);

    if (settings['color']) {
      host.style.setProperty('--brand', settings['color']);
      host.style.setProperty('--ink', inkOn(getComputedStyle(this.button).backgroundColor));
    }
    this.setOpen(false);
  }

  get isOpen(): boolean {
    return this.button.getAttribute('aria-expanded') === 'true';
  }

  setOpen(open: boolean): void {
    this.button.setAttribute('aria-expanded', String(open));
    this.name();
  }

  /** How many answers came while the panel was closed. */
  setUnread(count: number): void {
    this.unread = count;
    this.badge.textContent = count === 0 ? '' : String(count);
    this.name();
  }

  setLoading(loading: boolean): void {
    this.button.setAttribute('aria-busy', String(loading));
  }

  /** A sentence beside the button, where there is no panel to say it in; an empty one takes it away. */
  say(text: string): void {
    this.notice.textContent = text;
  }

  /** Single-page applications replace what stands in the body, or the body; the launcher comes back. */
  private stayOn(host: HTMLElement): void {
    const observer = new MutationObserver(() => {
      if (host.isConnected) return;
      document.body.append(host);
      observer.observe(document.body, { childList: true });
    });
    observer.observe(document.documentElement, { childList: true });
    observer.observe(document.body, { childList: true });
  }

  /** What is typed here is no shortcut of the page, and none of its scripts' business. */
  private keepKeysFromPage(host: HTMLElement): void {
    for (const type of ['keydown', 'keypress', 'keyup', 'beforeinput', 'input', 'paste']) {
      host.addEventListener(type, (event) => event.stopPropagation());
    }
  }

  private name(): void {
    const many = this.unread > 1 ? 's' : '';
    const unread = this.unread === 0 ? '' : `, ${this.unread} message${many} non lu${many}`;
    this.button.setAttribute(
      'aria-label',
      this.isOpen ? 'Fermer le chat du support' : `Ouvrir le chat du support${unread}`,
    );
  }
}

function element(className: string): HTMLElement {
  const made = document.createElement('span');
  made.className = className;
  return made;
}

function icon(drawing: string, className: string): SVGElement {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  svg.setAttribute('class', className);
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  path.setAttribute('d', drawing);
  path.setAttribute('fill', 'currentColor');
  svg.append(path);
  return svg;
}

/**
 * White or black, whichever can be read on a colour: one of the two always has the contrast of 4.5 that WCAG 2.2 asks for
 * (1.4.3). `colour` is as browsers compute it, "rgb(31, 79, 216)".
 */
function inkOn(colour: string): '#fff' | '#000' {
  const [red = 0, green = 0, blue = 0] = (colour.match(/[\d.]+/g) ?? []).map((value) => {
    const part = Number(value) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  return 1.05 / (luminance + 0.05) >= 4.5 ? '#fff' : '#000';
}
