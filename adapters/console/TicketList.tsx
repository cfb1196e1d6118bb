/// <reference lib="dom" />
import type { Summary } from './api.ts';

/** "il y a 5 min", "il y a 3 h", or the day. */
export function age(iso: string): string {
  const minutes = Math.max(0, Math.round((Date.now() - Date.parse(iso)) / 60_000));
  if (minutes < 60) return `il y a ${minutes}\u00a0min`;
  if (minutes < 24 * 60) return `il y a ${Math.round(minutes / 60)}\u00a0h`;
  return new Date(iso).toLocaleDateString('fr-FR', {
    timeZone: 'Europe/Paris',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
  });
}

export function TicketList({ tickets }: { tickets: Summary[] }) {
  return (
    <>
      <h1>Tickets</h1>
      <p role="status" class="dim">
        {tickets.length === 0
          ? 'Aucun ticket pour l’instant.'
          : `${tickets.length} ticket${tickets.length > 1 ? 's' : ''}`}
      </p>
      <ul class="list">
        {tickets.map((ticket) => (
          <li key={ticket.reference}>
            <a href={`#/tickets/${ticket.reference}`}>
              <span class="subject">{ticket.subject}</span> <span class="ref">{ticket.reference}</span>
              {ticket.priority === 'urgent' && <span class="badge urgent">urgent</span>}
              {ticket.status === 'closed' && <span class="badge">clos</span>}
              <span class="row dim">
                <span>{ticket.customerEmail ?? 'sans e-mail'}</span>
                <span>{age(ticket.createdAt)}</span>
                {ticket.missing.length > 0 && (
                  <span class="missing">manque : {ticket.missing.join(', ').toLowerCase()}</span>
                )}
              </span>
            </a>
          </li>
        ))}
      </ul>
    </>
  );
}
