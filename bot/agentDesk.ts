import { randomUUID } from 'node:crypto';
import type { Activity } from 'botbuilder';
import { fr } from '../dialogs/french.ts';
import type { Reply } from '../dialogs/reply.ts';
import { agentMessage } from './agentMessage.ts';
import type { Now } from './clock.ts';
import { eventRow } from './deskEvent.ts';
import { deskChoices, deskEvents, deskTexts } from './deskTexts.ts';
import { humanInCharge, move, placeInQueue, statusEvent } from './handoff.ts';
import { noHandoffTimers, talkTimer } from './handoffTimers.ts';
import { statusRow } from './liveChat.ts';
import { readMemory } from './memory.ts';
import { hasGone, isPresent } from './presence.ts';
import { askForRating, TALK_LENGTH } from './rating.ts';
import { HISTORY_LINES, redact } from './redaction.ts';
import { redactSaid } from './redactSaid.ts';
import { renderReply } from './render.ts';
import type { ConversationRecord, Handoff, Person, Store, StoredActivity, Ticket, Upload } from './store.ts';
import type { SupportHours } from './supportHours.ts';
import type { Change, Turns } from './turn.ts';

/** What an agent asked for is done, or why not, in words for the agent. */
export type DeskResult =
  | { outcome: 'done' }
  | { outcome: 'unknown' }
  | { outcome: 'refused'; reason: string }
  /** Others have spoken since what the agent had seen; nothing was sent. */
  | { outcome: 'stale'; newer: StoredActivity[] };

/** What an agent says. */
export interface AgentReply {
  text: string;
  /** The last place that the agent had seen. */
  after: number;
  /** The same key is the same message. */
  key: string;
  uploads?: readonly Upload[];
}

export interface DeskParts {
  store: Store;
  turns: Turns;
  hours: SupportHours;
  now: Now;
}

const DONE: DeskResult = { outcome: 'done' };
const refused = (reason: string): DeskResult => ({ outcome: 'refused', reason });

/** What a decision is made on: read inside the conversation's queue, so that of two agents at once one comes second. */
interface Case {
  ticket: Ticket;
  handoff: Handoff | undefined;
  conversation: ConversationRecord;
  at: Date;
}

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
    return this.decide(reference, (found) => {
      const { ticket, handoff, conversation, at } = found;
      const owner = handoff?.owner ?? ticket.assignee;
      if (owner && owner.id !== agent.id) return refused(taken(owner.name));
      if (ticket.status === 'closed') return refused('Ce ticket est clos. Rouvrez-le d’abord.');
      if (handoff?.state !== 'queued') return { change: { updatedTickets: [assigned(ticket, agent, at)] } };
      return { change: this.accepted(found, handoff, agent, deskTexts.accepted(agent.name), conversation) };
    });
  }

  /**
   * Says something to the customer: in the talk, or in answer to a ticket (then by e-mail too).
   */
  reply(
    reference: string,
    agent: Person,
    { text, after, key, uploads: files = [] }: AgentReply,
  ): Promise<DeskResult> {
    const uploads = files.map((file) => ({ ...file, name: redact(file.name).text }));
    return this.decide(
      reference,
      async (found) => {
        const { ticket, handoff, conversation, at } = found;
        const owner = handoff?.owner ?? ticket.assignee;
        if (owner && owner.id !== agent.id)
          return refused(fr`${owner.name} s’en occupe. Reprenez d’abord la conversation.`);
        if (ticket.status === 'closed') return refused('Ce ticket est clos. Rouvrez-le pour répondre.');
        const newer = (await this.parts.store.activities(conversation.id, after)).filter(
          ({ role, activity }) =>
            activity.type === 'message' &&
            (role === 'customer' || (role === 'agent' && activity.from?.id !== `agent-${agent.id}`)),
        );
        if (newer.length > 0) return { outcome: 'stale', newer };
        const history = await this.parts.store.lastActivities(conversation.id, HISTORY_LINES);
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
            ? this.accepted(found, handoff, agent, deskTexts.accepted(agent.name), conversation)
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
    return this.decide(reference, async (found) => {
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
      return { change: this.accepted(found, handoff, person, text, conversation, told) };
    });
  }

  /** Puts a ticket back, and its talk into the queue: its agent has gone, or leaves it to others. */
  release(reference: string, by: Person): Promise<DeskResult> {
    return this.decide(reference, async ({ ticket, handoff, conversation, at }) => {
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
            this.says({ text: deskTexts.released(place) }, conversation, at),
          ],
          outbox: [statusRow(released, at)],
        },
      };
    });
  }

  /** Ends the talk and gives the customer back to the bot, which knows what was settled. The ticket stays open. */
  giveBack(reference: string, agent: Person, settled: string): Promise<DeskResult> {
    return this.decide(reference, async (found) => {
      if (!found.handoff) return refused('Il n’y a pas de conversation en direct sur ce ticket.');
      const owner = found.handoff.owner;
      if (owner && owner.id !== agent.id) return refused(taken(owner.name));
      return {
        change: await this.ended(found, 'return', deskTexts.backByAgent(agent.name), settled, {
          ...found.ticket,
          updatedAt: found.at,
        }),
      };
    });
  }

  /** Closes the ticket with what was settled, and the talk with it. */
  close(reference: string, agent: Person, resolution: string): Promise<DeskResult> {
    return this.decide(reference, async (found) => {
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
        const change = await this.ended(found, 'close', deskTexts.closed(reference), text, closed);
        return { change: { ...change, outbox: [...change.outbox!, event] } };
      }
      const said = [deskTexts.closed(reference), ...(text ? [deskTexts.settled(text)] : [])].join('\n\n');
      return {
        change: {
          updatedTickets: [closed],
          activities: [this.says({ text: said }, conversation, at)],
          outbox: [event],
        },
      };
    });
  }

  /** A closed ticket is open again. */
  reopen(reference: string, agent: Person): Promise<DeskResult> {
    return this.decide(reference, ({ ticket, at }) => {
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

  /** The customer has waited for long: the ticket is offered again. */
  async longWait({ handoffId, conversationId }: HandoffTimer, key: string): Promise<void> {
    await this.parts.turns.change(
      conversationId,
      async (conversation, at) => {
        const { store } = this.parts;
        const handoff = await store.desk.live(conversationId);
        if (handoff?.id !== handoffId || handoff.state !== 'queued') return undefined;
        const place = placeInQueue(handoff, await store.desk.allLive());
        const choices = [{ title: deskChoices.keepWaiting }, { title: deskChoices.ticket }];
        return {
          activities: [this.says({ text: deskTexts.longWait(place), choices }, conversation, at)],
        };
      },
      key,
    );
  }

  /** The day ends, or a talk has fallen silent: whoever still waits is told what becomes of their ticket. */
  async expire({ handoffId, conversationId }: HandoffTimer, key: string): Promise<void> {
    const { store, turns, hours } = this.parts;
    await turns.change(
      conversationId,
      async (conversation, at) => {
        const handoff = await store.desk.live(conversationId);
        if (handoff?.id !== handoffId) return undefined;
        const silent = key.includes('silence');
        // A talk under way is not cut at the end of the day, and one that waits is not ended by silence.
        if (silent !== humanInCharge(handoff)) return undefined;
        const expired = move(handoff, 'expire', at)!;
        const text = silent
          ? deskTexts.expiredInTalk(handoff.reference)
          : deskTexts.expiredInQueue(handoff.reference, hours.nextOpening(at), at);
        return {
          handoff: expired,
          activities: [
            statusEvent(expired, deskEvents.expired, conversation, at),
            this.says({ text }, conversation, at),
          ],
          timers: noHandoffTimers(handoff),
          outbox: [statusRow(expired, at)],
        };
      },
      key,
    );
  }

  // ---- parts of the changes ----

  private accepted(
    { ticket, at }: Case,
    handoff: Handoff,
    owner: Person,
    text: string,
    conversation: ConversationRecord,
    told = deskEvents.accepted(owner.name),
  ): Change & { handoff: Handoff } {
    const accepted = move(handoff, 'accept', at, owner)!;
    return {
      handoff: accepted,
      updatedTickets: [assigned(ticket, owner, at)],
      activities: [statusEvent(accepted, told, conversation, at), this.says({ text }, conversation, at)],
      timers: [...noHandoffTimers(handoff), talkTimer(handoff, at)],
      outbox: [statusRow(accepted, at)],
    };
  }

  private async ended(
    { handoff, conversation, at }: Case,
    step: 'return' | 'close',
    text: string,
    settled: string,
    ticket: Ticket,
  ): Promise<Change> {
    const ended = move(handoff!, step, at)!;
    const memory = readMemory(conversation.state);
    const said: Reply[] = [
      { text: [text, ...(settled ? [deskTexts.settled(redact(settled).text)] : [])].join('\n\n') },
    ];
    const talk = await this.parts.store.lastActivities(conversation.id, TALK_LENGTH);
    const question = askForRating((memory.desk ??= {}), handoff!, talk);
    if (question) said.push(question);
    const reply = { ...said.at(-1)!, text: said.map((part) => part.text).join('\n\n') };
    return {
      handoff: ended,
      state: memory,
      updatedTickets: [ticket],
      activities: [
        statusEvent(ended, deskEvents[step === 'close' ? 'closed' : 'returned'], conversation, at),
        this.says(reply, conversation, at),
      ],
      timers: noHandoffTimers(handoff!),
      outbox: [statusRow(ended, at)],
    };
  }

  private says(
    reply: Reply,
    conversation: ConversationRecord,
    at: Date,
  ): { role: 'bot'; at: Date; activity: Partial<Activity> } {
    return { role: 'bot', at, activity: renderReply(reply, conversation, at) };
  }

  /** Decides on the ticket as it is inside its conversation's queue. */
  private async decide(
    reference: string,
    how: (found: Case) => Promise<DeskResult | { change: Change }> | DeskResult | { change: Change },
    key?: string,
  ): Promise<DeskResult> {
    const { store, turns } = this.parts;
    const known = await store.ticket(reference);
    if (!known) return { outcome: 'unknown' };
    let result: DeskResult = DONE;
    await turns.change(
      known.conversationId,
      async (conversation, at) => {
        const ticket = (await store.ticket(reference))!;
        const handoff = await store.desk.live(conversation.id);
        const decided = await how({
          ticket,
          handoff: handoff?.reference === reference ? handoff : undefined,
          conversation,
          at,
        });
        result = 'change' in decided ? DONE : decided;
        return 'change' in decided ? decided.change : undefined;
      },
      key,
    );
    return result;
  }
}

export interface HandoffTimer {
  handoffId: string;
  conversationId: string;
}

function assigned(ticket: Ticket, agent: Person, at: Date): Ticket {
  return { ...ticket, assignee: { id: agent.id, name: agent.name }, updatedAt: at };
}

function taken(name: string): string {
  return fr`Déjà pris par ${name}.`;
}
