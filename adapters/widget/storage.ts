/// <reference lib="dom" />

/** The conversation's resume token, for reloads, other pages and other tabs. */
export const CONVERSATION = { area: 'localStorage', key: 'guichet-conversation' } as const;
/** The place in the conversation up to which the customer has read, in any tab. */
export const READ = { area: 'localStorage', key: 'guichet-read' } as const;
/** Whether the panel is open in this tab. */
export const PANEL_OPEN = { area: 'sessionStorage', key: 'guichet-open' } as const;
/** Messages of this tab that the server has not acknowledged yet. */
export const UNSENT = { area: 'sessionStorage', key: 'guichet-unsent' } as const;
/** What is typed and not sent. */
export const DRAFT = { area: 'sessionStorage', key: 'guichet-draft' } as const;

type Place = Readonly<{ area: 'localStorage' | 'sessionStorage'; key: string }>;

/** What is kept at a place; nothing where the browser forbids storage. */
export function kept({ area, key }: Place): string | undefined {
  try {
    return window[area].getItem(key) ?? undefined;
  } catch {
    return undefined;
  }
}

/** Keeps a value, or forgets it; where storage is forbidden the conversation lasts as long as the page. */
export function keep({ area, key }: Place, value: string | undefined): void {
  try {
    if (value === undefined) window[area].removeItem(key);
    else window[area].setItem(key, value);
  } catch {
    // Private modes and sandboxed frames throw on any access: nothing to do about it.
  }
}

/** Forgets all that this site keeps of the conversation. */
export function forgetConversation(): void {
  for (const place of [CONVERSATION, READ, UNSENT, DRAFT]) keep(place, undefined);
}
