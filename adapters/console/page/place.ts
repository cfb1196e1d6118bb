/// <reference lib="dom" />
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Status } from './api.ts';

/** The pages besides lists and tickets, by their hash. */
export const PAGES = {
  search: { href: '#/recherche', name: 'Recherche' },
  dashboard: { href: '#/tableau', name: 'Tableau de bord' },
  learning: { href: '#/apprendre', name: 'À apprendre' },
  team: { href: '#/equipe', name: 'Équipe' },
  deliveries: { href: '#/envois', name: 'Envois' },
  audit: { href: '#/journal', name: 'Journal' },
  account: { href: '#/compte', name: 'Mon compte' },
} as const;

export type PageName = keyof typeof PAGES;

/** Where the agent is. The address says it, so that it can be shared and gone back to. */
export type Place = { list: Status } | { ticket: string } | { page: PageName };

export const LISTS: Record<Status, { href: string; name: string }> = {
  open: { href: '#/', name: 'Ouverts' },
  closed: { href: '#/clos', name: 'Clos' },
};

/** The page of a ticket. */
export function ticketHref(reference: string): string {
  return `#/tickets/${reference}`;
}

/** The place that a hash names; the open tickets when it names none. */
function readPlace(hash: string): Place {
  const ticket = /^#\/tickets\/(SUP-\w+)$/.exec(hash)?.[1];
  if (ticket !== undefined) return { ticket };
  const page = (Object.keys(PAGES) as PageName[]).find((name) => PAGES[name].href === hash);
  if (page !== undefined) return { page };
  return { list: hash === LISTS.closed.href ? 'closed' : 'open' };
}

/** The place, and the ticket that was left for it. */
export function usePlace(): { place: Place; left?: string } {
  const [visit, setVisit] = useState<{ place: Place; left?: string }>({ place: readPlace(location.hash) });
  useEffect(() => {
    const follow = (): void =>
      setVisit(({ place }) => ({
        place: readPlace(location.hash),
        ...('ticket' in place && { left: place.ticket }),
      }));
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, []);
  return visit;
}

/**
 * Tells of the arrival at a new page, as a load would: its title on the window, the focus on its heading.
 * @param title undefined while the page is not there yet
 * @returns the reference for the heading, which needs tabIndex -1
 */
export function useArrival(title: string | undefined): { current: HTMLHeadingElement | null } {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (title === undefined) return;
    document.title = `${title} – Guichet`;
    heading.current?.focus();
  }, [title]);
  return heading;
}
