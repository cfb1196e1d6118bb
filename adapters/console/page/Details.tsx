import type { Detail } from './api.ts';

const SOURCES = { asked: 'réponse', spotted: 'repéré dans un message', corrected: 'corrigé' } as const;

/** What the customer gave and how it came, and what is still missing. */
export function Details({ details, missing }: { details: Detail[]; missing: string[] }) {
  const given = details.some(({ provided }) => provided);
  return (
    <section aria-labelledby="details">
      <h2 id="details">Détails</h2>
      <p class={missing.length > 0 || !given ? 'missing' : 'complete'}>
        {missing.length > 0
          ? `Il manque\u00a0: ${missing.join(', ').toLowerCase()}.`
          : given
            ? 'Complet'
            : 'Aucun détail donné.'}
      </p>
      {details.length > 0 && (
        <table>
          <thead>
            <tr>
              <th scope="col">Détail</th>
              <th scope="col">Valeur</th>
              <th scope="col">Provenance</th>
            </tr>
          </thead>
          <tbody>
            {details.map(({ name, label, shown, required, provided, source }) => (
              <tr key={name}>
                <th scope="row">{label}</th>
                {provided ? (
                  <td class="said value">{shown}</td>
                ) : (
                  <td class={required ? 'missing' : 'dim'}>non fourni</td>
                )}
                <td class="dim">{source && SOURCES[source]}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
