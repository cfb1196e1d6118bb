/// <reference lib="dom" />
import { useState } from 'preact/hooks';
import { type ApiError, ask } from './api.ts';
import { useLive } from './live.ts';
import { labelName } from './names.ts';
import { useArrival } from './place.ts';
import { Time } from './Time.tsx';
import { age } from './times.ts';

interface Listed {
  labels: string[];
  sentences: { id: string; text: string; at: string }[];
}

/** Sentences that the assistant did not understand, to be labelled; what is learned of them is decided later, by measure. */
export function LearningPage({ onSignedOut }: { onSignedOut: () => void }) {
  const heading = useArrival('À apprendre');
  const { data, failure, refresh } = useLive<Listed>('misunderstood', onSignedOut);
  const [done, setDone] = useState<{ id: string; text: string; label: string }>();
  const [problem, setProblem] = useState('');
  const put = (id: string, label: string | null): Promise<void> =>
    ask<void>('POST', `misunderstood/${encodeURIComponent(id)}`, { label }).then(refresh, (error: ApiError) =>
      setProblem(error.message),
    );
  return (
    <>
      <h1 ref={heading} tabIndex={-1}>
        À apprendre
      </h1>
      <p class="dim intro">
        Ces phrases n’ont pas été comprises. Dites de quoi elles parlent&nbsp;; l’équipe technique les reprend
        ensuite, si l’assistant comprend mieux avec elles. Données bancaires et mots de passe en ont déjà été
        retirés.
      </p>
      <p role="alert" class="error">
        {problem || failure}
      </p>
      <p role="status">
        {done && (
          <>
            «&nbsp;{done.text}&nbsp;» est classée «&nbsp;{labelName(done.label)}&nbsp;».{' '}
            <button
              type="button"
              class="link"
              onClick={() => {
                void put(done.id, null);
                setDone(undefined);
              }}
            >
              Annuler
            </button>
          </>
        )}
      </p>
      {data?.sentences.length === 0 && <p class="empty">Rien à classer, tout a été compris.</p>}
      <ul class="sentences">
        {data?.sentences.map(({ id, text, at }) => (
          <li key={id}>
            <p>
              <span class="said">{text}</span>{' '}
              <span class="dim">
                <Time at={at}>{age(new Date(at), new Date())}</Time>
              </span>
            </p>
            <label>
              <span class="sr">Sujet de la phrase «&nbsp;{text}&nbsp;»</span>
              <select
                value=""
                onChange={({ currentTarget: { value: label } }) => {
                  if (!label) return;
                  setProblem('');
                  setDone({ id, text, label });
                  void put(id, label);
                }}
              >
                <option value="">Classer…</option>
                {data.labels.map((label) => (
                  <option key={label} value={label}>
                    {labelName(label)}
                  </option>
                ))}
              </select>
            </label>
          </li>
        ))}
      </ul>
    </>
  );
}
