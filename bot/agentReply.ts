import { fr } from '../dialogs/french.ts';
import { agentMessage } from './agentMessage.ts';
import { accepted, assigned } from './deskChange.ts';
import { decide, type DeskParts, type DeskResult, refused } from './deskDecision.ts';
import { eventRow, statusRow } from './deskEvent.ts';
import { deskTexts } from './deskTexts.ts';
import { move, statusEvent } from './handoff.ts';
import { talkTimer } from './handoffTimers.ts';
import { HISTORY_LINES, redact } from './redaction.ts';
import { redactSaid } from './redactSaid.ts';
import type { Person, Upload } from './store.ts';

/** What an agent says. */
export interface AgentReply {
  text: string;
  /** The last place that the agent had seen. */
  after: number;
  /** The same key is the same message. */
  key: string;
  uploads?: readonly Upload[];
}

/**
 * Says something to the customer: in the talk, or in answer to a ticket (then by e-mail too).
 */
export function reply(
  parts: DeskParts,
  reference: string,
  agent: Person,
  { text, after, key, uploads: files = [] }: AgentReply,
): Promise<DeskResult> {
  const uploads = files.map((file) => ({ ...file, name: redact(file.name).text }));
  return decide(
    parts,
    reference,
    async (found) => {
      const { ticket, handoff, conversation, at } = found;
      const owner = handoff?.owner ?? ticket.assignee;
      if (owner && owner.id !== agent.id)
        return refused(fr`${owner.name} s’en occupe. Reprenez d’abord la conversation.`);
      if (ticket.status === 'closed') return refused('Ce ticket est clos. Rouvrez-le pour répondre.');
      const newer = (await parts.store.activities(conversation.id, after)).filter(
        ({ role, activity }) =>
          activity.type === 'message' &&
          (role === 'customer' || (role === 'agent' && activity.from?.id !== `agent-${agent.id}`)),
      );
      if (newer.length > 0) return { outcome: 'stale', newer };
      const history = await parts.store.lastActivities(conversation.id, HISTORY_LINES);
      const said = redactSaid(text, 'agent', history);
      const message = agentMessage(agent, said.text, conversation, at, uploads);
      const mine = assigned(ticket, agent, at);
      if (!handoff) {
        const seq = conversation.lastSeq + 1;
        return {
          change: {
            activities: [message],
            rewritten: said.rewritten,
            uploads,
            updatedTickets: [mine],
            outbox: [eventRow({ type: 'ticket.replied', reference, seq }, `reply-${reference}-${seq}`, at)],
          },
        };
      }
      // To answer a talk that waits is to take it.
      const first =
        handoff.state === 'queued'
          ? accepted(found, handoff, agent, deskTexts.accepted(agent.name), conversation)
          : undefined;
      const spoken = move(first?.handoff ?? handoff, 'speak', at)!;
      const begins = handoff.state !== 'active';
      return {
        change: {
          ...first,
          activities: [
            ...(first?.activities ?? []),
            ...(begins ? [statusEvent(spoken, '', conversation, at)] : []),
            message,
          ],
          rewritten: said.rewritten,
          uploads,
          updatedTickets: [mine],
          handoff: spoken,
          timers: [...(first?.timers ?? []), talkTimer(handoff, at)],
          outbox: [...(first?.outbox ?? []), ...(begins ? [statusRow(spoken, at)] : [])],
        },
      };
    },
    `agent-${agent.id}:${key}`,
  );
}
