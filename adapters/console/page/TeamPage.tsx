/// <reference lib="dom" />
import { useState } from 'preact/hooks';
import { type Agent, type ApiError, ask } from './api.ts';
import { useLive } from './live.ts';
import { PAGES, useArrival } from './place.ts';
import { Table } from './Table.tsx';

interface Account extends Agent {
  disabled: boolean;
}

const ROLES = Object.entries({ agent: 'Agent', supervisor: 'Responsable' }).map(([role, name]) => (
  <option key={role} value={role}>
    {name}
  </option>
));

/** The agents' accounts, for supervisors. A new password is shown once. */
export function TeamPage({ agent, onSignedOut }: { agent: Agent; onSignedOut: () => void }) {
  const heading = useArrival('Équipe');
  const { data, failure, refresh } = useLive<{ agents: Account[] }>('agents', onSignedOut, () => false);
  const [problem, setProblem] = useState('');
  const [password, setPassword] = useState<{ email: string; password: string }>();
  const change = (account: Account, changes: unknown): void => {
    setProblem('');
    ask<{ password?: string }>('POST', `agents/${account.id}`, changes).then(
      (answer) => {
        if (answer.password) setPassword({ email: account.email, password: answer.password });
        refresh();
      },
      (error: ApiError) => setProblem(error.message),
    );
  };
  return (
    <>
      <h1 ref={heading} tabIndex={-1}>
        Équipe
      </h1>
      <p>
        <a href={PAGES.audit.href}>Journal des accès</a>
      </p>
      <p role="alert" class="error">
        {problem || failure}
      </p>
      <div role="status">
        {password && (
          <p class="secret">
            Mot de passe de {password.email}, affiché cette seule fois&nbsp;: <code>{password.password}</code>
          </p>
        )}
      </div>
      {data && (
        <Table label="Comptes" columns={['Nom', 'Adresse', 'Rôle', 'Second facteur', 'Actions']}>
          {data.agents.map((account) => (
            <tr key={account.id}>
              <th scope="row">
                {account.name} {account.disabled && <span class="badge">désactivé</span>}
              </th>
              <td>{account.email}</td>
              <td>
                <select
                  aria-label={`Rôle de ${account.name}`}
                  value={account.role}
                  disabled={account.id === agent.id}
                  onChange={(event) => change(account, { role: event.currentTarget.value })}
                >
                  {ROLES}
                </select>
              </td>
              <td>
                {account.secondFactor ? (
                  <button type="button" onClick={() => change(account, { withoutSecondFactor: true })}>
                    Retirer<span class="sr"> le second facteur de {account.name}</span>
                  </button>
                ) : (
                  <span class="dim">non</span>
                )}
              </td>
              <td>
                <div class="row">
                  <button type="button" onClick={() => change(account, { newPassword: true })}>
                    Nouveau mot de passe<span class="sr"> pour {account.name}</span>
                  </button>
                  {account.id !== agent.id && (
                    <button type="button" onClick={() => change(account, { disabled: !account.disabled })}>
                      {account.disabled ? 'Réactiver' : 'Désactiver'}
                      <span class="sr"> {account.name}</span>
                    </button>
                  )}
                </div>
              </td>
            </tr>
          ))}
        </Table>
      )}
      <NewAgent
        onMade={(email, made) => {
          setPassword({ email, password: made });
          refresh();
        }}
      />
    </>
  );
}

function NewAgent({ onMade }: { onMade: (email: string, password: string) => void }) {
  const [form, setForm] = useState({ name: '', email: '', role: 'agent' });
  const [problem, setProblem] = useState('');
  const change = (name: keyof typeof form) => (event: Event) =>
    setForm({ ...form, [name]: (event.currentTarget as HTMLInputElement | HTMLSelectElement).value });
  return (
    <form
      class="panel"
      aria-labelledby="new-agent"
      onSubmit={(event) => {
        event.preventDefault();
        setProblem('');
        ask<{ password: string }>('POST', 'agents', form).then(
          ({ password }) => {
            onMade(form.email, password);
            setForm({ name: '', email: '', role: 'agent' });
          },
          (error: ApiError) => setProblem(error.message),
        );
      }}
    >
      <h2 id="new-agent">Ajouter quelqu’un</h2>
      <label>
        Nom, tel que les clients le liront
        <input value={form.name} maxLength={80} required onInput={change('name')} />
      </label>
      <label>
        Adresse e-mail
        <input type="email" value={form.email} required onInput={change('email')} />
      </label>
      <label>
        Rôle
        <select value={form.role} onChange={change('role')}>
          {ROLES}
        </select>
      </label>
      <p role="alert" class="error">
        {problem}
      </p>
      <button type="submit" class="primary">
        Ajouter
      </button>
    </form>
  );
}
