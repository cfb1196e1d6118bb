/// <reference lib="dom" />
import { useEffect, useRef, useState } from 'preact/hooks';
import { type Agent, type ApiError, ask } from './api.ts';

export function SignIn({ onSignedIn }: { onSignedIn: (agent: Agent) => void }) {
  const [error, setError] = useState('');
  const [busy, setBusy] = useState(false);
  const email = useRef<HTMLInputElement>(null);
  const password = useRef<HTMLInputElement>(null);
  useEffect(() => {
    document.title = 'Connexion – Guichet';
    email.current?.focus();
  }, []);

  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    // Emptied first, so that the same error twice is said twice.
    setError('');
    ask<Agent>('POST', 'session', { email: email.current!.value, password: password.current!.value }).then(
      onSignedIn,
      (reason: ApiError) => {
        setBusy(false);
        setError(reason.message);
        password.current?.select();
      },
    );
  };
  return (
    <main class="signin">
      <h1>Guichet</h1>
      <p class="dim">L’espace des agents du support</p>
      <form onSubmit={submit}>
        <label>
          Adresse e-mail
          <input ref={email} type="email" autocomplete="username" required aria-describedby="error" />
        </label>
        <label>
          Mot de passe
          <input
            ref={password}
            type="password"
            autocomplete="current-password"
            required
            aria-describedby="error"
          />
        </label>
        <p id="error" role="alert" class="error">
          {error}
        </p>
        <button type="submit" class="primary" aria-disabled={busy}>
          {busy ? 'Connexion…' : 'Se connecter'}
        </button>
      </form>
    </main>
  );
}
