/// <reference lib="dom" />
import { useEffect, useState } from 'preact/hooks';
import { ask } from './api.ts';

type Status = 'online' | 'away';

/** The server takes an agent for gone after 45 s of silence. */
const EVERY_MS = 15_000;

/** Tells the server that the agent is there, and whether they take conversations. */
export function PresenceChoice() {
  const [status, setStatus] = useState<Status>('online');
  useEffect(() => {
    const tell = (): void =>
      void ask<{ status: Status }>('POST', 'presence', {}).then(
        (told) => setStatus(told.status),
        // The page says elsewhere that the server is away; the next beat tries again.
        () => undefined,
      );
    tell();
    const beat = setInterval(tell, EVERY_MS);
    return () => clearInterval(beat);
  }, []);
  const choose = (next: Status): void => {
    setStatus(next);
    void ask('POST', 'presence', { status: next }).catch(() => setStatus(status));
  };
  return (
    <label class="presence">
      <span class="sr">Présence</span>
      <span class={`dot ${status}`} aria-hidden="true" />
      <select value={status} onChange={(event) => choose(event.currentTarget.value as Status)}>
        <option value="online">En ligne</option>
        <option value="away">Absent</option>
      </select>
    </label>
  );
}
