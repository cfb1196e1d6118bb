import type { Store, StoredActivity, Ticket } from '../bot/store.ts';
import { linkedTickets } from '../bot/tickets.ts';
import { filesOf } from './uploads.ts';

/** A ticket without its conversation, as lists show it. Times are ISO 8601 in UTC. */
export function ticketSummary(ticket: Ticket): Record<string, unknown> {
  return {
    reference: ticket.reference,
    subject: ticket.subject,
    intent: ticket.intent,
    section: ticket.section,
    status: ticket.status,
    priority: ticket.priority,
    channel: ticket.channel,
    customerEmail: ticket.customerEmail,
    assignee: ticket.assignee?.name,
    createdAt: ticket.createdAt.toISOString(),
    updatedAt: ticket.updatedAt.toISOString(),
    missing: ticket.details
      .filter((detail) => detail.required && detail.value === undefined)
      .map((detail) => detail.label),
  };
}

/** The whole ticket: details with their provenance, promises, and the transcript to the last message. */
export async function ticketWhole(store: Store, ticket: Ticket): Promise<Record<string, unknown>> {
  const activities = await store.activities(ticket.conversationId);
  const linked = linkedTickets(ticket, await store.ticketsOf(ticket.conversationId));
  return {
    ...ticketSummary(ticket),
    conversationId: ticket.conversationId,
    linked: linked.map(({ reference }) => reference),
    removed: ticket.removed,
    customer: vouchedFor(activities),
    resolution: ticket.resolution,
    closedAt: ticket.closedAt?.toISOString(),
    advice: ticket.advice,
    details: ticket.details.map((detail) => ({ ...detail, provided: detail.value !== undefined })),
    promises: ticket.promises.map(({ dueAt, from, ...promise }) => ({
      ...promise,
      ...(from && { from: from.toISOString() }),
      dueAt: dueAt.toISOString(),
    })),
    transcript: activities.filter(isShown).map(transcriptLine),
  };
}

/** Who the customer is, in the shop's words: id, name and e-mail address; undefined when it said nothing of them. */
function vouchedFor(activities: readonly StoredActivity[]): unknown {
  const said = activities.findLast(({ role }) => role === 'customer')?.activity.channelData as
    { customer?: unknown } | undefined;
  return said?.customer;
}

/** A message, or a step of a handoff, which is said by "system". */
export function transcriptLine(entry: StoredActivity): Record<string, unknown> {
  const { seq, role, at, activity } = entry;
  const files = filesOf(entry);
  const choices = activity.suggestedActions?.actions.map((action) => action.title);
  return {
    seq,
    at: at.toISOString(),
    from: activity.type === 'event' ? 'system' : role,
    ...(role === 'agent' && { name: activity.from?.name }),
    text: activity.text ?? '',
    ...(choices && { choices }),
    ...(files.length > 0 && { files }),
  };
}

function isShown({ activity }: StoredActivity): boolean {
  if (activity.type === 'message') return true;
  return activity.type === 'event' && activity.name === 'handoff.status' && Boolean(activity.text);
}
