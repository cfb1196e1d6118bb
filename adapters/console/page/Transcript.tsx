import { clockOrDay } from '../../../dialogs/french.ts';
import type { Line } from './api.ts';
import { Time } from './Time.tsx';

const ROLES = { customer: 'Client', bot: 'Assistant', agent: 'Conseiller' } as const;

/** The conversation in its order, to the last message. */
export function Transcript({ lines }: { lines: Line[] }) {
  return (
    <section aria-labelledby="transcript">
      <h2 id="transcript">
        Conversation <span class="dim">{count(lines.length)}</span>
      </h2>
      <ol class="transcript">
        {lines.map((line, i) => (
          <li key={line.seq} class={line.from}>
            <p class="who">
              <strong>{ROLES[line.from]}</strong> <Time at={line.at}>{told(line, lines[i - 1])}</Time>
            </p>
            {line.text && <p class="said">{line.text}</p>}
            {line.files?.map(({ id, name }) => (
              <a key={id} class="picture" href={`/console/api/files/${id}`} download={name}>
                <img src={`/console/api/files/${id}`} alt={`Image du client : ${name}`} loading="lazy" />
              </a>
            ))}
            {line.choices && (
              <ul class="choices" aria-label="Choix proposés">
                {line.choices.map((choice) => (
                  <li key={choice}>{choice}</li>
                ))}
              </ul>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}

/** The clock; with the day where it is another day than the line before. */
function told(line: Line, before: Line | undefined): string {
  return clockOrDay(new Date(line.at), new Date(before?.at ?? 0));
}

function count(lines: number): string {
  return `${lines} message${lines > 1 ? 's' : ''}`;
}
