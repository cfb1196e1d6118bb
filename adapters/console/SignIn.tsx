/// <reference lib="dom" />
import { useState } from 'preact/hooks';
import { ask } from './api.ts';

export function SignIn({ onSignedIn }: { onSignedIn: () => void }) {
  const [error, setError] = useState('');
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget as HTMLFormElement);
    setError('');
    ask('POST', 'session', { email: form.get('email'), password: form.get('password') }).then(
      onSignedIn,
      (reason: Error) => setError(reason.message),
    );
  };
  return (
    <main class="signin">
      <h1>Guichet</h1>
      <p>L’espace des agents du support.</p>
      <form onSubmit={submit}>
        <label>
          Adresse e-mail
          <input name="email" type="email" autocomplete="username" required />
        </label>
        <label>
          Mot de passe
          <input name="password" type="password" autocomplete="current-password" required />
        </label>
        <p role="alert" class="error">
          {error}
        </p>
        <button type="submit" class="primary">
          Se connecter
        </button>
      </form>
    </main>
  );
}
