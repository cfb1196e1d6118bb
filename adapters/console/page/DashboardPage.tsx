/// <reference lib="dom" />
import { useState } from 'preact/hooks';
import type { Statistics } from './api.ts';
import { BarChart } from './BarChart.tsx';
import { useLive } from './live.ts';
import { useArrival } from './place.ts';

/** How the support goes: the last 30 days, or the days asked for. */
export function DashboardPage({ onSignedOut }: { onSignedOut: () => void }) {
  const heading = useArrival('Tableau de bord');
  const [days, setDays] = useState({ from: '', to: '' });
  const query = new URLSearchParams(days).toString();
  const { data, failure } = useLive<Statistics>(`statistics?${query}`, onSignedOut, () => false);
  return (
    <>
      <div class="row spread top">
        <h1 ref={heading} tabIndex={-1}>
          Tableau de bord
        </h1>
        <form class="row" aria-label="Période">
          <label class="inline">
            Du{' '}
            <input
              type="date"
              value={days.from}
              onChange={(event) => setDays({ ...days, from: event.currentTarget.value })}
            />
          </label>
          <label class="inline">
            au{' '}
            <input
              type="date"
              value={days.to}
              onChange={(event) => setDays({ ...days, to: event.currentTarget.value })}
            />
          </label>
        </form>
      </div>
      {failure && <p role="alert">{failure}</p>}
      {data && <Figures data={data} />}
    </>
  );
}

function Figures({ data }: { data: Statistics }) {
  return (
    <>
      <dl class="figures">
        <Figure name="Conversations" value={data.conversations} />
        <Figure
          name="Sans agent"
          value={share(data.byBot, data.conversations)}
          note={`${data.byBot} traitée${data.byBot > 1 ? 's' : ''} par l’assistant seul`}
        />
        <Figure name="Tickets" value={data.tickets} note={`dont ${data.outOfHours} hors horaires`} />
        <Figure name="En direct" value={data.handoffs} note={`dont ${data.abandoned} sans réponse`} />
        <Figure name="Attente" value={minutes(data.wait)} note="médiane, en direct" />
        <Figure name="Première réponse" value={minutes(data.firstAnswer)} note="médiane, en direct" />
        <Figure
          name="Satisfaction"
          value={data.csat === undefined ? '–' : `${data.csat.toFixed(1).replace('.', ',')} / 5`}
          note={`${data.ratings} avis`}
        />
      </dl>
      <div class="charts">
        <BarChart
          title="Tickets par sujet"
          unit="tickets"
          bars={data.bySubject.map(({ subject, count }) => ({ name: subject, value: count }))}
          lying
        />
        <BarChart
          title="Conversations par heure (Paris)"
          unit="conversations"
          bars={data.byHour.map((value, hour) => ({ name: `${hour}\u00a0h`, value }))}
        />
        <BarChart
          title="Avis des clients"
          unit="avis"
          bars={data.byScore.map((value, i) => ({ name: `${i + 1} sur 5`, value }))}
        />
      </div>
    </>
  );
}

function Figure({ name, value, note }: { name: string; value: string | number; note?: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <span class="number">{value}</span>
        {note && <span class="dim">{note}</span>}
      </dd>
    </div>
  );
}

function share(part: number, whole: number): string {
  return whole === 0 ? '–' : `${Math.round((100 * part) / whole)}\u00a0%`;
}

function minutes(seconds: number | undefined): string {
  if (seconds === undefined) return '–';
  if (seconds < 60) return `${Math.round(seconds)}\u00a0s`;
  return `${Math.floor(seconds / 60)}\u00a0min ${String(Math.round(seconds % 60)).padStart(2, '0')}\u00a0s`;
}
