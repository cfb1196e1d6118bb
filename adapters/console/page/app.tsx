/// <reference lib="dom" />
import { render } from 'preact';
import { useCallback, useEffect, useState } from 'preact/hooks';
import { type Agent, ApiError, ask } from './api.ts';
import { Desk } from './Desk.tsx';
import { SignIn } from './SignIn.tsx';

/** The agents' page: the sign-in form, or the desk of who is signed in. */
function App() {
  const [who, setWho] = useState<Agent | 'nobody'>();
  const [failure, setFailure] = useState('');
  const signedOut = useCallback(() => setWho('nobody'), []);
  const load = (): void => {
    setFailure('');
    ask<Agent>('GET', 'me').then(setWho, (error: ApiError) =>
      error.status === 401 ? signedOut() : setFailure(error.message),
    );
  };
  useEffect(load, []);

  if (who === 'nobody') return <SignIn onSignedIn={setWho} />;
  if (who) return <Desk agent={who} onSignedOut={signedOut} />;
  return (
    <main class="wait">
      <h1>Guichet</h1>
      {failure ? (
        <>
          <p role="alert">{failure}</p>
          <button type="button" onClick={load}>
            Réessayer
          </button>
        </>
      ) : (
        <p>Chargement…</p>
      )}
    </main>
  );
}

render(<App />, document.getElementById('app')!);
