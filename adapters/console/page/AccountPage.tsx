/// <reference lib="dom" />
import { useState } from 'preact/hooks';
import { type Agent, type ApiError, ask } from './api.ts';
import { useArrival } from './place.ts';
import { QrCode } from './QrCode.tsx';

/** What agents set for themselves: the password, the second factor. */
export function AccountPage({ agent }: { agent: Agent }) {
  const heading = useArrival('Mon compte');
  return (
    <>
      <h1 ref={heading} tabIndex={-1}>
        Mon compte
      </h1>
      <p class="dim intro">
        {agent.name}, {agent.email}
      </p>
      <div class="columns">
        <PasswordForm />
        <SecondFactor on={agent.secondFactor} />
      </div>
    </>
  );
}

function PasswordForm() {
  const [form, setForm] = useState({ current: '', next: '' });
  const [told, setTold] = useState({ problem: '', done: '' });
  return (
    <form
      class="panel"
      aria-labelledby="password"
      onSubmit={(event) => {
        event.preventDefault();
        setTold({ problem: '', done: '' });
        ask('POST', 'me/password', form).then(
          () => {
            setForm({ current: '', next: '' });
            setTold({ problem: '', done: 'C’est changé. Vos autres sessions sont fermées.' });
          },
          (error: ApiError) => setTold({ problem: error.message, done: '' }),
        );
      }}
    >
      <h2 id="password">Mot de passe</h2>
      <Password
        label="Mot de passe actuel"
        autocomplete="current-password"
        value={form.current}
        onTyped={(current) => setForm({ ...form, current })}
      />
      <Password
        label="Nouveau mot de passe, 12 caractères au moins"
        autocomplete="new-password"
        value={form.next}
        onTyped={(next) => setForm({ ...form, next })}
      />
      <p role="alert" class="error">
        {told.problem}
      </p>
      <p role="status" class="complete">
        {told.done}
      </p>
      <button type="submit" class="primary">
        Changer
      </button>
    </form>
  );
}

interface PasswordProps {
  label: string;
  autocomplete: 'current-password' | 'new-password';
  value: string;
  onTyped: (value: string) => void;
}

function Password({ label, autocomplete, value, onTyped }: PasswordProps) {
  return (
    <label>
      {label}
      <input
        type="password"
        autocomplete={autocomplete}
        value={value}
        required
        onInput={(event) => onTyped(event.currentTarget.value)}
      />
    </label>
  );
}

interface Offered {
  secret: string;
  uri: string;
  modules: boolean[][];
}

function SecondFactor({ on: before }: { on: boolean }) {
  const [on, setOn] = useState(before);
  const [offered, setOffered] = useState<Offered>();
  const [code, setCode] = useState('');
  const [password, setPassword] = useState('');
  const [problem, setProblem] = useState('');
  const fails = (error: ApiError): void => setProblem(error.message);
  const act = (path: string, body: unknown, done: () => void): void => {
    setProblem('');
    ask('POST', path, body).then(done, fails);
  };
  return (
    <section aria-labelledby="factor">
      <h2 id="factor">Second facteur</h2>
      <p role="status">
        {on
          ? 'Activé\u00a0: un code de votre application est demandé à chaque connexion.'
          : 'Désactivé. Un code à six chiffres, en plus du mot de passe, protège votre compte si celui-ci fuit.'}
      </p>
      {!on && !offered && (
        <button
          type="button"
          onClick={() => {
            setProblem('');
            ask<Offered>('GET', 'me/second-factor').then(setOffered, fails);
          }}
        >
          Activer
        </button>
      )}
      {!on && offered && (
        <form
          class="plain"
          onSubmit={(event) => {
            event.preventDefault();
            act('me/second-factor', { secret: offered.secret, code }, () => {
              setOn(true);
              setOffered(undefined);
              setCode('');
            });
          }}
        >
          <p>Lisez ce carré avec votre application d’authentification, ou saisissez-y la clé.</p>
          <QrCode modules={offered.modules} label="Carré à lire avec l’application d’authentification" />
          <p>
            <code class="key">{offered.secret}</code>
          </p>
          <label>
            Le code que l’application affiche
            <input
              inputMode="numeric"
              autocomplete="one-time-code"
              value={code}
              required
              onInput={(event) => setCode(event.currentTarget.value)}
            />
          </label>
          <button type="submit" class="primary">
            Confirmer
          </button>
        </form>
      )}
      {on && (
        <form
          class="plain"
          onSubmit={(event) => {
            event.preventDefault();
            act('me/second-factor/removal', { password }, () => {
              setOn(false);
              setPassword('');
            });
          }}
        >
          <Password
            label="Votre mot de passe, pour le désactiver"
            autocomplete="current-password"
            value={password}
            onTyped={setPassword}
          />
          <button type="submit">Désactiver</button>
        </form>
      )}
      <p role="alert" class="error">
        {problem}
      </p>
    </section>
  );
}
