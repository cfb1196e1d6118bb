/// <reference lib="dom" />
import { render } from 'preact';
import { useCallback, useEffect, useState } from 'preact/hooks';
import { ApiError, ask, type Summary } from './api.ts';
import { SignIn } from './SignIn.tsx';
import { TicketPage } from './TicketPage.tsx';
import { TicketList } from './TicketList.tsx';

const REFRESH_MS = 10_000;

function referenceInAddress(): string | undefined {
  return /^#\/tickets\/(SUP-\w+)$/.exec(location.hash)?.[1];
}

/** The agents' page: sign-in, the tickets, one ticket by its address. */
function App() {
  const [signedIn, setSignedIn] = useState<boolean>();
  const [tickets, setTickets] = useState<Summary[]>();
  const [reference, setReference] = useState(referenceInAddress);

  const refresh = useCallback(async () => {
    try {
      setTickets((await ask<{ tickets: Summary[] }>('GET', 'tickets')).tickets);
      setSignedIn(true);
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) setSignedIn(false);
    }
  }, []);
  useEffect(() => {
    void refresh();
    const timer = setInterval(() => void refresh(), REFRESH_MS);
    const follow = (): void => setReference(referenceInAddress());
    addEventListener('hashchange', follow);
    return () => {
      clearInterval(timer);
      removeEventListener('hashchange', follow);
    };
  }, []);

  if (signedIn === undefined) return <p class="wait">Chargement…</p>;
  if (!signedIn) return <SignIn onSignedIn={() => void refresh()} />;
  const leave = (): void => void ask('DELETE', 'session').then(() => setSignedIn(false));
  return (
    <>
      <header>
        <a class="logo" href="#/">
          Guichet
        </a>
        <button type="button" onClick={leave}>
          Se déconnecter
        </button>
      </header>
      <main>
        {reference ? (
          <TicketPage key={reference} reference={reference} />
        ) : (
          <TicketList tickets={tickets ?? []} />
        )}
      </main>
    </>
  );
}

render(<App />, document.getElementById('app')!);
