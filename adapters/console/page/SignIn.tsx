/// <reference lib="dom" />
import { useEffect, useRef, useState } from 'preact/hooks';
import { type Agent, type ApiError, ask } from './api.ts';

/** The form of who is not signed in: address and password, then the code where the account asks for one. */
export function SignIn({ onSignedIn }: { onSignedIn: (agent: Agent) => void }) {
  const [error, setError] = useState(refusedByProvider());
  const [busy, setBusy] = useState(false);
  const [needsCode, setNeedsCode] = useState(false);
  const [openId, setOpenId] = useState(false);
  const email = useRef<HTMLInputElement>(null);
  const password = useRef<HTMLInputElement>(null);
  const code = useRef<HTMLInputElement>(null);
  useEffect(() => {
    document.title = 'Connexion – Guichet';
    email.current?.focus();
    // Without an answer the form stands as it is; signing in will tell what is wrong.
    void ask<{ openId: boolean }>('GET', 'sign-in').then(
      (offered) => setOpenId(offered.openId),
      () => undefined,
    );
  }, []);
  useEffect(() => code.current?.focus(), [needsCode]);

  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    // Emptied first, so that the same error twice is said twice.
    setError('');
    const typed = {
      email: email.current!.value,
      password: password.current!.value,
      ...(needsCode && { code: code.current!.value }),
    };
    ask<Agent>('POST', 'session', typed).then(onSignedIn, (reason: ApiError) => {
      setBusy(false);
      const first = reason.code === 'CodeNeeded' && !needsCode;
      setNeedsCode(needsCode || reason.code === 'CodeNeeded');
      setError(first ? '' : reason.message);
      (needsCode ? code : password).current?.select();
    });
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
        {needsCode && (
          <label>
            Code à six chiffres de votre application
            <input
              ref={code}
              inputMode="numeric"
              autocomplete="one-time-code"
              required
              aria-describedby="error"
            />
          </label>
        )}
        <p id="error" role="alert" class="error">
          {error}
        </p>
        <button type="submit" class="primary" aria-disabled={busy}>
          {busy ? 'Connexion…' : 'Se connecter'}
        </button>
        {openId && (
          <a class="button" href="/console/openid">
            Se connecter avec le compte de l’entreprise
          </a>
        )}
      </form>
    </main>
  );
}

/** What coming back from the company's provider without an account says. */
function refusedByProvider(): string {
  if (new URLSearchParams(location.search).get('connexion') !== 'inconnu') return '';
  return 'Votre compte d’entreprise n’a pas d’accès ici. Demandez-le à un responsable.';
}
