import { randomUUID } from 'node:crypto';
import { fr } from '../dialogs/french.ts';
import { type AgentReply, reply } from './agentReply.ts';
import { accepted, assigned, ended } from './deskChange.ts';
import { decide, type DeskParts, type DeskResult, DONE, refused } from './deskDecision.ts';
import { eventRow, statusRow } from './deskEvent.ts';
import { deskEvents, deskTexts } from './deskTexts.ts';
import { humanInCharge, move, placeInQueue, statusEvent } from './handoff.ts';
import { hasGone, isPresent } from './presence.ts';
import { redact } from './redaction.ts';
import { says } from './render.ts';
import type { Person, Ticket } from './store.ts';

/**
 * What agents do with tickets and talks. Every step is a turn of the ticket's conversation: it stands in the one order,
 * is written whole or not at all, and survives a restart.
 */
export class AgentDesk {
  private readonly parts: DeskParts;

  constructor(parts: DeskParts) {
    this.parts = parts;
  }

  /** Takes the ticket, and the talk that waits with it. The second who tries learns who was first. */
  claim(reference: string, agent: Person): Promise<DeskResult> {
    return decide(this.parts, reference, (found) => {
      const { ticket, handoff, conversation, at } = found;
      const owner = handoff?.owner ?? ticket.assignee;
      if (owner && owner.id !== agent.id) return refused(taken(owner.name));
      if (ticket.status === 'closed') return refused('Ce ticket est clos. Rouvrez-le d’abord.');
      if (handoff?.state !== 'queued') return { change: { updatedTickets: [assigned(ticket, agent, at)] } };
      return { change: accepted(found, handoff, agent, deskTexts.accepted(agent.name), conversation) };
    });
  }

  /** Says something to the customer: in the talk, or in answer to a ticket (then by e-mail too). */
  reply(reference: string, agent: Person, said: AgentReply): Promise<DeskResult> {
    return reply(this.parts, reference, agent, said);
  }

  /** A note for the other agents; the customer never sees it. */
  async note(reference: string, agent: Person, text: string, id: string): Promise<DeskResult> {
    const { store, now } = this.parts;
    const ticket = await store.ticket(reference);
    const conversation = ticket && (await store.conversation(ticket.conversationId));
    if (!conversation) return { outcome: 'unknown' };
    await store.desk.addNote({
      id,
      conversationId: conversation.id,
      afterSeq: conversation.lastSeq,
      at: now(),
      agentId: agent.id,
      agentName: agent.name,
      text: redact(text).text,
    });
    return DONE;
  }

  /** Passes the ticket on, to an agent who is there; with a comment, kept as a note. */
  reassign(reference: string, agent: Person, to: string, comment: string): Promise<DeskResult> {
    // Made once, so that a second run after a lost race writes the same note.
    const noteId = randomUUID();
    return decide(this.parts, reference, async (found) => {
      const { ticket, handoff, conversation, at } = found;
      const { store } = this.parts;
      const target = (await store.desk.presences()).find(({ id }) => id === to);
      if (!target) return { outcome: 'unknown' };
      if (ticket.status === 'closed') return refused('Ce ticket est clos. Rouvrez-le d’abord.');
      if (!isPresent(target, at)) {
        return refused(
          fr`${target.name} n’est pas au guichet : la conversation y resterait sans réponse. Choisissez quelqu’un qui est en ligne.`,
        );
      }
      await store.desk.addNote({
        id: noteId,
        conversationId: conversation.id,
        afterSeq: conversation.lastSeq,
        at,
        agentId: agent.id,
        agentName: agent.name,
        text: fr`Transmis à ${target.name} : ${redact(comment).text}`,
      });
      const person = { id: target.id, name: target.name };
      if (!handoff) return { change: { updatedTickets: [assigned(ticket, person, at)] } };
      const text = deskTexts.transferred(person.name);
      const told = deskEvents.transferred(agent.name, person.name);
      return { change: accepted(found, handoff, person, text, conversation, told) };
    });
  }

  /** Puts a ticket back, and its talk into the queue: its agent has gone, or leaves it to others. */
  release(reference: string, by: Person): Promise<DeskResult> {
    return decide(this.parts, reference, async ({ ticket, handoff, conversation, at }) => {
      const owner = handoff?.owner ?? ticket.assignee;
      if (owner?.id !== by.id) return refused('Ce ticket n’est pas à vous.');
      const { assignee, ...free } = ticket;
      const updatedTickets = [{ ...free, updatedAt: at }];
      const released = handoff && move(handoff, 'release', at);
      if (!assignee || !released) return { change: { updatedTickets } };
      const place = placeInQueue(released, await this.parts.store.desk.allLive());
      return {
        change: {
          updatedTickets,
          handoff: released,
          activities: [
            statusEvent(released, deskEvents.released, conversation, at),
            says({ text: deskTexts.released(place) }, conversation, at),
          ],
          outbox: [statusRow(released, at)],
        },
      };
    });
  }

  /** Ends the talk and gives the customer back to the bot, which knows what was settled. The ticket stays open. */
  giveBack(reference: string, agent: Person, settled: string): Promise<DeskResult> {
    return decide(this.parts, reference, async (found) => {
      if (!found.handoff) return refused('Il n’y a pas de conversation en direct sur ce ticket.');
      const owner = found.handoff.owner;
      if (owner && owner.id !== agent.id) return refused(taken(owner.name));
      return {
        change: await ended(this.parts.store, found, 'return', deskTexts.backByAgent(agent.name), settled, {
          ...found.ticket,
          updatedAt: found.at,
        }),
      };
    });
  }

  /** Closes the ticket with what was settled, and the talk with it. */
  close(reference: string, agent: Person, resolution: string): Promise<DeskResult> {
    return decide(this.parts, reference, async (found) => {
      const { ticket, handoff, conversation, at } = found;
      if (ticket.status === 'closed') return refused('Ce ticket est déjà clos.');
      const owner = handoff?.owner ?? ticket.assignee;
      if (owner && owner.id !== agent.id) return refused(taken(owner.name));
      const text = redact(resolution).text;
      const closed: Ticket = {
        ...assigned(ticket, agent, at),
        status: 'closed',
        closedAt: at,
        ...(text && { resolution: text }),
      };
      const event = eventRow({ type: 'ticket.closed', reference }, `closed-${reference}-${at.getTime()}`, at);
      if (handoff) {
        const change = await ended(
          this.parts.store,
          found,
          'close',
          deskTexts.closed(reference),
          text,
          closed,
        );
        return { change: { ...change, outbox: [...change.outbox!, event] } };
      }
      const said = [deskTexts.closed(reference), ...(text ? [deskTexts.settled(text)] : [])].join('\n\n');
      return {
        change: {
          updatedTickets: [closed],
          activities: [says({ text: said }, conversation, at)],
          outbox: [event],
        },
      };
    });
  }

  /** A closed ticket is open again. */
  reopen(reference: string, agent: Person): Promise<DeskResult> {
    return decide(this.parts, reference, ({ ticket, at }) => {
      if (ticket.status === 'open') return refused('Ce ticket est ouvert.');
      const { closedAt, ...rest } = ticket;
      if (!closedAt) return refused('Ce ticket est ouvert.');
      return { change: { updatedTickets: [{ ...assigned(rest, agent, at), status: 'open' }] } };
    });
  }

  /** Talks whose agent has gone go back to the queue; called now and then. */
  async releaseVanished(): Promise<void> {
    const { store, now } = this.parts;
    const presences = await store.desk.presences();
    for (const handoff of await store.desk.allLive()) {
      if (!humanInCharge(handoff) || !handoff.owner) continue;
      const presence = presences.find(({ id }) => id === handoff.owner!.id);
      if (!presence || hasGone(presence, now())) await this.release(handoff.reference, handoff.owner);
    }
  }
}

function taken(name: string): string {
  return fr`Déjà pris par ${name}.`;
}
