/// <reference lib="dom" />

/** The conversation's resume token, for reloads, other pages and other tabs. */
export const CONVERSATION = { area: 'localStorage', key: 'guichet-conversation' } as const;
/** Whether the panel is open in this tab. */
export const PANEL_OPEN = { area: 'sessionStorage', key: 'guichet-open' } as const;

type Place = typeof CONVERSATION | typeof PANEL_OPEN;

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
