/// <reference lib="dom" />
import { useEffect, useRef, useState } from 'preact/hooks';
import { type Agent, type ApiError, ask, type Listed, type Summary } from './api.ts';
import { usePlace } from './place.ts';
import { type Polled, usePolled } from './polled.ts';
import { TicketList } from './TicketList.tsx';
import { TicketPage } from './TicketPage.tsx';

interface Props {
  agent: Agent;
  onSignedOut: () => void;
}

/** What a signed-in agent sees. The open tickets are read wherever the agent is, so that new ones are always told. */
export function Desk({ agent, onSignedOut }: Props) {
  const { place, left } = usePlace();
  const open = usePolled<Listed>('tickets?status=open', onSignedOut);
  const news = useNews(open.data?.tickets);
  const [failure, setFailure] = useState('');
  const leave = (): void =>
    void ask('DELETE', 'session').then(onSignedOut, (error: ApiError) => setFailure(error.message));
  return (
    <>
      <header>
        <a class="logo" href="#/">
          Guichet
        </a>
        <p role="status" class="news">
          {news}
        </p>
        <span class="dim agent">{agent.name}</span>
        <button type="button" onClick={leave}>
          Se déconnecter
        </button>
      </header>
      <main>
        <p role="alert" class="failure">
          {failure || open.failure}
        </p>
        {'ticket' in place ? (
          <TicketPage key={place.ticket} reference={place.ticket} onSignedOut={onSignedOut} />
        ) : place.list === 'open' ? (
          <TicketList key="open" status="open" listed={open} left={left} />
        ) : (
          <ClosedTickets key="closed" left={left} onSignedOut={onSignedOut} />
        )}
      </main>
    </>
  );
}

function ClosedTickets({ left, onSignedOut }: { left: string | undefined; onSignedOut: () => void }) {
  const closed: Polled<Listed> = usePolled<Listed>('tickets?status=closed', onSignedOut);
  return <TicketList status="closed" listed={closed} left={left} />;
}

/** A sentence on the tickets that the last reading brought; empty when it brought none. */
function useNews(tickets: Summary[] | undefined): string {
  const known = useRef<Set<string>>(undefined);
  const [news, setNews] = useState('');
  useEffect(() => {
    if (!tickets) return;
    const before = known.current;
    known.current = new Set(tickets.map((ticket) => ticket.reference));
    setNews(before ? announce(tickets.filter((ticket) => !before.has(ticket.reference))) : '');
  }, [tickets]);
  return news;
}

function announce(tickets: Summary[]): string {
  const [first] = tickets;
  if (!first) return '';
  const urgent = tickets.filter((ticket) => ticket.priority === 'urgent').length;
  if (tickets.length === 1) return `Nouveau ticket${urgent ? ' urgent' : ''}\u00a0: ${first.subject}`;
  const among = urgent ? `, dont ${urgent} urgent${urgent > 1 ? 's' : ''}` : '';
  return `${tickets.length} nouveaux tickets${among}`;
}
