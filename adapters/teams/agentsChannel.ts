import type { Activity } from 'botbuilder';
import { ADAPTIVE_CARD } from '../../bot/adaptiveCard.ts';
import type { DeskEvent } from '../../bot/deskEvent.ts';
import type { HandoffState, Store, Ticket } from '../../bot/store.ts';
import type { Delivery } from '../outbox.ts';
import type { Target } from '../targets.ts';
import type { Called, Connector } from './connector.ts';
import { teamsTexts } from './texts.ts';

export interface AgentsChannelParts {
  store: Store;
  connector: Connector;
  /** Where Teams is reached when no message has told yet. */
  serviceUrl: string;
  /** The channel's id, "19:…". */
  channel: string;
  /** The console's address, without a place in it. */
  consoleUrl: string;
}

const KIND = 'teams_agents';
const { handoff: words } = teamsTexts;

/**
 * Tells a team's channel of each new handoff by a card that leads to the console, and keeps the card true: it shows who
 * took it. What the customer wrote is not on it: a channel has more readers than the desk.
 */
export function agentsChannelTarget(parts: AgentsChannelParts): Target {
  const { store, connector, serviceUrl, channel } = parts;
  return {
    kind: KIND,
    wants: ({ type }) => type === 'handoff.initiate' || type === 'handoff.status',
    deliver: async (row) => {
      const event = row.payload as Extract<DeskEvent, { handoffId: string }>;
      const ticket = await store.ticket(event.reference);
      if (!ticket) return { outcome: 'refused', reason: 'The ticket is no longer there.' };
      if (event.type === 'handoff.initiate') {
        const address = { serviceUrl, conversationId: channel };
        return settled(await connector.post(address, cardMessage(parts, ticket, 'queued')));
      }
      const posted = await store.deliveries.theirId(`handoff-${event.handoffId}:${KIND}`);
      if (posted === undefined) return { outcome: 'delivered' };
      const { conversationId, activityId } = JSON.parse(posted) as {
        conversationId: string;
        activityId: string;
      };
      const thread = { serviceUrl, conversationId };
      return settled(await connector.update(thread, activityId, cardMessage(parts, ticket, event.state)));
    },
  };
}

function settled(called: Called<unknown>): Delivery {
  if (called.outcome !== 'done') return called;
  return { outcome: 'delivered', theirId: JSON.stringify(called.value) };
}

/** The card on a handoff in a state, as a message. */
export function cardMessage(
  { consoleUrl }: Pick<AgentsChannelParts, 'consoleUrl'>,
  ticket: Ticket,
  state: HandoffState,
): Partial<Activity> {
  const { reference, subject, priority } = ticket;
  const title = words.title(priority === 'urgent');
  const line = stateLine(state, ticket.assignee?.name ?? '');
  const waits = state === 'queued';
  const fallbackText = `${title} ${reference} : ${subject}. ${line}.`;
  return {
    type: 'message',
    summary: fallbackText,
    attachments: [
      {
        contentType: ADAPTIVE_CARD,
        content: {
          type: 'AdaptiveCard',
          $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
          version: '1.5',
          fallbackText,
          body: [
            {
              type: 'TextBlock',
              text: title,
              weight: 'Bolder',
              size: 'Medium',
              wrap: true,
              ...(priority === 'urgent' && waits && { color: 'Attention' }),
            },
            {
              type: 'FactSet',
              facts: [
                { title: 'Ticket', value: reference },
                { title: 'Sujet', value: subject },
                { title: 'État', value: line },
              ],
            },
          ],
          actions: [
            {
              type: 'Action.OpenUrl',
              title: waits ? words.take : words.open,
              url: `${consoleUrl}#/tickets/${reference}`,
            },
          ],
        },
      },
    ],
  };
}

function stateLine(state: HandoffState, agent: string): string {
  switch (state) {
    case 'queued':
      return words.waiting;
    case 'accepted':
    case 'active':
      return words.taken(agent);
    default:
      return words[state];
  }
}
