/// <reference lib="dom" />
import { useEffect, useRef, useState } from 'preact/hooks';
import { AccountPage } from './AccountPage.tsx';
import { type Agent, type ApiError, ask, type Listed, type Queued } from './api.ts';
import { DashboardPage } from './DashboardPage.tsx';
import { AuditPage } from './AuditPage.tsx';
import { DeliveriesPage } from './DeliveriesPage.tsx';
import { LearningPage } from './LearningPage.tsx';
import { useLive } from './live.ts';
import { useOnline } from './news.ts';
import { PAGES, type PageName, type Place, usePlace } from './place.ts';
import { PresenceChoice } from './PresenceChoice.tsx';
import { SearchPage } from './SearchPage.tsx';
import { TeamPage } from './TeamPage.tsx';
import { TicketList } from './TicketList.tsx';
import { TicketPage } from './TicketPage.tsx';

interface Props {
  agent: Agent;
  onSignedOut: () => void;
}

/** What a signed-in agent sees. The open tickets are read wherever the agent is, so that new ones are always told. */
export function Desk({ agent, onSignedOut }: Props) {
  const { place, left } = usePlace();
  const open = useLive<Listed>('tickets?status=open', onSignedOut);
  const news = useAnnouncement(open.data);
  const online = useOnline();
  const [failure, setFailure] = useState('');
  const leave = (): void =>
    void ask('DELETE', 'session').then(onSignedOut, (error: ApiError) => setFailure(error.message));
  return (
    <>
      <a class="skip" href="#main" onClick={skip}>
        Aller au contenu
      </a>
      <header>
        <a class="logo" href="#/">
          Guichet
        </a>
        <Navigation place={place} agent={agent} waiting={open.data?.waiting ?? 0} />
        <PresenceChoice />
        <a class="agent" href={PAGES.account.href}>
          {agent.name}
        </a>
        <button type="button" onClick={leave}>
          Se déconnecter
        </button>
      </header>
      <p role="status" class="news">
        {news}
      </p>
      <main id="main" tabIndex={-1}>
        <p role="alert" class="failure">
          {failure || open.failure || (online ? '' : 'Connexion au serveur perdue\u00a0; nouvel essai…')}
        </p>
        {'ticket' in place ? (
          <TicketPage key={place.ticket} reference={place.ticket} agent={agent} onSignedOut={onSignedOut} />
        ) : 'page' in place ? (
          <Page name={place.page} agent={agent} onSignedOut={onSignedOut} />
        ) : place.list === 'open' ? (
          <TicketList key="open" status="open" listed={open} left={left} />
        ) : (
          <ClosedTickets key="closed" left={left} onSignedOut={onSignedOut} />
        )}
      </main>
    </>
  );
}

/** The hash is the page's address, so the link moves the focus itself. */
function skip(event: Event): void {
  event.preventDefault();
  document.getElementById('main')?.focus();
}

function Navigation({ place, agent, waiting }: { place: Place; agent: Agent; waiting: number }) {
  const pages: PageName[] = ['search', 'dashboard', 'learning'];
  if (agent.role === 'supervisor') pages.push('team', 'deliveries');
  const current = (here: boolean): 'page' | undefined => (here ? 'page' : undefined);
  return (
    <nav aria-label="Pages">
      <a href="#/" aria-current={current('list' in place)}>
        Tickets
        {waiting > 0 && (
          <span class="waiting" title="Clients qui attendent en direct">
            {waiting} <span class="sr">en attente</span>
          </span>
        )}
      </a>
      {pages.map((name) => (
        <a key={name} href={PAGES[name].href} aria-current={current('page' in place && place.page === name)}>
          {PAGES[name].name}
        </a>
      ))}
    </nav>
  );
}

function Page({ name, agent, onSignedOut }: { name: PageName } & Props) {
  switch (name) {
    case 'search':
      return <SearchPage onSignedOut={onSignedOut} />;
    case 'dashboard':
      return <DashboardPage onSignedOut={onSignedOut} />;
    case 'learning':
      return <LearningPage onSignedOut={onSignedOut} />;
    case 'team':
      return <TeamPage agent={agent} onSignedOut={onSignedOut} />;
    case 'deliveries':
      return <DeliveriesPage onSignedOut={onSignedOut} />;
    case 'audit':
      return <AuditPage onSignedOut={onSignedOut} />;
    case 'account':
      return <AccountPage agent={agent} />;
  }
}

function ClosedTickets({ left, onSignedOut }: { left: string | undefined; onSignedOut: () => void }) {
  const closed = useLive<Listed>('tickets?status=closed', onSignedOut);
  return <TicketList status="closed" listed={closed} left={left} />;
}

/** A sentence on what the last reading brought: customers who wait for a talk, new tickets; empty when nothing did. */
function useAnnouncement(listed: Listed | undefined): string {
  const known = useRef<Map<string, boolean>>(undefined);
  const [news, setNews] = useState({ text: '', waits: false });
  useEffect(() => {
    if (!listed) return;
    const waits = ({ handoff }: Queued): boolean => handoff?.state === 'queued';
    const before = known.current;
    known.current = new Map(listed.tickets.map((ticket) => [ticket.reference, waits(ticket)]));
    if (!before) return;
    const waiting = listed.tickets.filter((ticket) => waits(ticket) && !before.get(ticket.reference));
    const fresh = listed.tickets.filter(({ reference }) => !before.has(reference));
    const next = announceWaiting(waiting) || announceNew(fresh);
    // What was told stays until there is something else to tell; that someone waits, as long as someone does.
    if (next) setNews({ text: next, waits: waiting.length > 0 });
    else if (!listed.tickets.some(waits)) setNews((told) => (told.waits ? { text: '', waits: false } : told));
  }, [listed]);
  return news.text;
}

function announceWaiting(waiting: Queued[]): string {
  const [first] = waiting;
  if (!first) return '';
  if (waiting.length === 1) return `Un client attend en direct\u00a0: ${first.subject}`;
  return `${waiting.length}\u00a0clients attendent en direct`;
}

function announceNew(tickets: Queued[]): string {
  const [first] = tickets;
  if (!first) return '';
  const urgent = tickets.filter((ticket) => ticket.priority === 'urgent').length;
  if (tickets.length === 1) return `Nouveau ticket${urgent ? ' urgent' : ''}\u00a0: ${first.subject}`;
  const among = urgent ? `, dont ${urgent} urgent${urgent > 1 ? 's' : ''}` : '';
  return `${tickets.length} nouveaux tickets${among}`;
}
