import type { Activity } from 'botbuilder';
import { BotAdapter, TurnContext } from 'botbuilder';
import { DialogSet, DialogTurnStatus, type DialogContext, type DialogTurnResult } from 'botbuilder-dialogs';
import { readChoice, readYesNo } from '../dialogs/answers.ts';
import { flowOf, flows, subjects } from '../dialogs/index.ts';
import { FormDialog, type FormResult, type FormTurn, formTurn } from '../dialogs/formDialog.ts';
import type { Reply } from '../dialogs/reply.ts';
import type { Finders } from '../dialogs/slots.ts';
import type { Classification, ClassifyOptions } from '../knowledge/classifier.ts';
import type { Guide } from '../knowledge/guide.ts';
import { type Command, readCommand } from './commands.ts';
import type { Memory, Pending } from './memory.ts';
import type { ConversationRecord, Ticket } from './store.ts';
import type { SupportHours } from './supportHours.ts';
import { createTicket, referenceIn } from './tickets.ts';
import { choices, outOfScope, subjectNames, texts } from './texts.ts';
import type { Effects } from './turn.ts';

/** What the bot knows, as functions; `main` wires the real ones. */
export interface BotParts {
  classify(text: string, options?: ClassifyOptions): Classification;
  guide: Guide;
  hours: SupportHours;
  /** The finders of a turn whose time is `now`. */
  finders(now: Date): Finders;
  /** The tickets of a conversation, for "où en est mon ticket ?". */
  ticketsOf(conversationId: string): Promise<Ticket[]>;
  shopName: string;
  /** Where returns and withdrawals are explained. */
  returnsUrl?: string;
}

/** One turn, as the bot is given it. It may only `say`, fill `effects` and change `memory`. */
export interface BotTurn {
  activity: Partial<Activity>;
  conversation: ConversationRecord;
  now: Date;
  memory: Memory;
  effects: Effects;
  say(reply: Reply): void;
}

/** Above this, an article of the guide answers a question asked in passing. */
const SURE_OF_ARTICLE = 0.75;
const LONGEST_CHOICE = 30;

/**
 * Decides who answers a turn, in this order: a command, the bot's own pending question, the open form, the intent, the
 * guide, the repair ladder (rephrase, menu, human).
 */
export class SupportBot {
  private readonly parts: BotParts;

  constructor(parts: BotParts) {
    this.parts = parts;
  }

  async run(turn: BotTurn): Promise<void> {
    const context = new TurnContext(new CollectingAdapter(), turn.activity);
    const dialogs = new DialogSet({
      get: async () => turn.memory.dialogs,
      set: async (_context, value) => void (turn.memory.dialogs = value),
      delete: async () => void (turn.memory.dialogs = { dialogStack: [] }),
    });
    for (const flow of flows) dialogs.add(new FormDialog(flow));
    const dc = await dialogs.createContext(context);
    await new TurnRun(this.parts, turn, dc).answer();
  }
}

/** Nothing leaves before the turn's commit, so botbuilder's adapter has nothing to send: forms speak by `say`. */
class CollectingAdapter extends BotAdapter {
  override async sendActivities(): Promise<never> {
    throw new Error('During a turn nothing is sent; say() collects the reply for the commit.');
  }
  override async updateActivity(): Promise<never> {
    throw new Error('During a turn no activity is updated; collect an effect instead.');
  }
  override async deleteActivity(): Promise<never> {
    throw new Error('During a turn no activity is deleted; collect an effect instead.');
  }
  override async continueConversation(): Promise<never> {
    throw new Error('A conversation is continued by a turn of its own.');
  }
}

class TurnRun {
  private readonly parts: BotParts;
  private readonly turn: BotTurn;
  private readonly dc: DialogContext;
  private readonly form: FormTurn;
  private readonly text: string;

  constructor(parts: BotParts, turn: BotTurn, dc: DialogContext) {
    this.parts = parts;
    this.turn = turn;
    this.dc = dc;
    this.text = (turn.activity.text ?? '').trim();
    this.form = this.formTurnFor(this.text);
    dc.context.turnState.set(formTurn, this.form);
  }

  async answer(): Promise<void> {
    const { memory, activity } = this.turn;
    if (activity.type === 'conversationUpdate') return this.offerMenu(texts.welcome(this.parts.shopName));
    if (!this.text) return;
    const command = readCommand(this.text);
    const pending = memory.pending;
    delete memory.pending;
    if (command && !(pending && this.choiceFor(pending))) return this.obey(command);
    if (pending && (await this.settle(pending))) return;
    if (this.dc.activeDialog) return this.after(await this.dc.continueDialog());
    const reference = referenceIn(this.text);
    if (reference) return this.tellStatus(reference);
    return this.byIntent(this.text);
  }

  private say(reply: Reply | string): void {
    this.turn.say(typeof reply === 'string' ? { text: reply } : reply);
  }

  private formTurnFor(text: string): FormTurn {
    const { now } = this.turn;
    const find = this.parts.finders(now);
    return {
      message: { text, now, find, entities: find.entities(text) },
      say: (reply) => this.say(reply),
      answer: (question) => this.answerInPassing(question),
    };
  }

  // ---- commands ----

  private get openForm(): FormDialog | undefined {
    const id = this.dc.activeDialog?.id;
    return id === undefined ? undefined : (this.dc.dialogs.find(id) as FormDialog | undefined);
  }

  private async obey(command: Command): Promise<void> {
    const { memory } = this.turn;
    const form = this.openForm;
    switch (command) {
      case 'cancel':
        if (!form) return this.say({ text: texts.nothingToCancel, choices: [{ title: choices.menu }] });
        if (form.answersIn(this.dc.activeDialog!) < 2) return this.cancel();
        memory.pending = { kind: 'cancel' };
        return this.say(texts.askCancel);
      case 'restart':
        await this.dc.cancelAllDialogs();
        return this.offerMenu(texts.restarted);
      case 'help':
        this.say({ text: texts.help, choices: [{ title: choices.menu }, { title: choices.human }] });
        return this.reprompt();
      case 'human':
        if (!form) return this.begin('human_agent', '');
        return form.hasten(this.dc.context, this.dc.activeDialog!);
      case 'back':
        if (form?.back(this.dc.context, this.dc.activeDialog!)) return;
        this.say(texts.noStepBack);
        return form ? this.reprompt() : this.offerMenu('');
      case 'repeat':
        return form ? this.reprompt() : this.offerMenu(texts.menu);
      case 'menu':
        return this.offerMenu(texts.menu);
    }
  }

  private async cancel(): Promise<void> {
    await this.dc.cancelAllDialogs();
    this.say({ text: texts.cancelled, choices: [{ title: choices.menu }] });
  }

  private async reprompt(): Promise<void> {
    if (this.dc.activeDialog) await this.dc.repromptDialog();
  }

  private offerMenu(text: string): void {
    const intents = subjects.map((flow) => flow.intent);
    this.turn.memory.pending = { kind: 'choose', intents, text: '' };
    this.say({ text, choices: intents.map((intent) => ({ title: subjectNames[intent]! })) });
  }

  // ---- the bot's own questions ----

  private choiceFor(pending: Pending): string | undefined {
    if (pending.kind === 'choose') {
      // "Colis" chooses; a sentence with the word in it says more, and is read as a sentence.
      if (this.text.length > LONGEST_CHOICE) return undefined;
      const offered = pending.intents.map((intent) => ({ title: subjectNames[intent]!, value: intent }));
      return readChoice(this.text, [...offered, { title: choices.other, value: 'other' }])?.value;
    }
    if (pending.kind === 'write') {
      return readChoice(this.text, [{ title: choices.write, value: 'yes' }])?.value ?? readYesNo(this.text);
    }
    return readYesNo(this.text);
  }

  /** @returns false when the message was no answer to the question; then it is read like any other. */
  private async settle(pending: Pending): Promise<boolean> {
    const answer = this.choiceFor(pending);
    if (answer === undefined) return false;
    if (pending.kind === 'choose') {
      if (answer === 'other') this.say(texts.otherSubject);
      else await this.switchTo(answer, pending.text);
      return true;
    }
    if (pending.kind === 'cancel') {
      if (answer === 'yes') await this.cancel();
      else {
        this.say(texts.continueThen);
        await this.reprompt();
      }
      return true;
    }
    if (answer === 'yes') await this.begin(pending.kind === 'write' ? 'support_contact' : 'human_agent', '');
    else this.offerMenu(texts.menu);
    return true;
  }

  /** A subject chosen from a list replaces the form that was open. */
  private async switchTo(intent: string, saidBefore: string): Promise<void> {
    await this.dc.cancelAllDialogs();
    if (intent === 'support_contact') return this.tellHours();
    return this.begin(intent, saidBefore);
  }

  // ---- intents ----

  private async byIntent(text: string): Promise<void> {
    const { memory } = this.turn;
    const understood = this.parts.classify(text);
    const { intent, action } = understood;
    if (action === 'route' && intent === 'greeting') return this.offerMenu(texts.greeting);
    if (action === 'route' && intent === 'thanks_goodbye')
      return this.say({ text: texts.thanks, choices: [{ title: choices.menu }] });
    if (action === 'route' && intent === 'support_contact') return this.tellHours();
    if (action === 'route' && flowOf(intent)) return this.begin(intent, text);
    const offered = [understood, ...understood.alternatives]
      .map((guess) => guess.intent)
      .filter((name) => flowOf(name));
    if (action === 'ask' && offered.length > 0) {
      const intents = [...new Set(offered)].slice(0, 2);
      memory.pending = { kind: 'choose', intents, text };
      const titles = [...intents.map((name) => subjectNames[name]!), choices.other];
      return this.say({ text: texts.chooseSubject, choices: titles.map((title) => ({ title })) });
    }
    if (understood.topic && understood.topic !== 'other' && understood.topic !== 'chitchat') {
      memory.misunderstood = 0;
      return this.say({
        text: outOfScope(understood.topic, this.parts.returnsUrl),
        choices: [{ title: choices.write }, { title: choices.menu }],
      });
    }
    return this.repair(text);
  }

  private async begin(intent: string, text: string): Promise<void> {
    this.turn.memory.misunderstood = 0;
    // What was said before the subject was clear is read now, as the form's first message.
    this.dc.context.turnState.set(formTurn, this.formTurnFor(text));
    await this.dc.beginDialog(intent);
  }

  private tellHours(): void {
    this.turn.memory.misunderstood = 0;
    this.turn.memory.pending = { kind: 'write' };
    this.say(flowOf('support_contact')!.opening);
    this.say(this.hoursNow());
    this.say({ text: texts.writeOffer, choices: [{ title: choices.write }, { title: choices.menu }] });
  }

  /** First the guide; then rephrase with examples, the menu, a human. */
  private repair(text: string): void {
    const { memory } = this.turn;
    const [best] = this.parts.guide.search(text);
    if (best && best.score >= SURE_OF_ARTICLE) {
      memory.misunderstood = 0;
      const { section, title } = best.article;
      return this.say({
        text: texts.fromGuide(section, title, best.article.text),
        choices: [{ title: choices.menu }],
      });
    }
    memory.misunderstood += 1;
    if (memory.misunderstood === 1)
      return this.say({ text: texts.rephrase, choices: [{ title: choices.menu }] });
    if (memory.misunderstood === 2) return this.offerMenu(texts.menuAfterRepair);
    memory.misunderstood = 0;
    memory.pending = { kind: 'human' };
    return this.say(texts.offerHuman);
  }

  /** A short answer to a question asked in the middle of a form; undefined when the message is no such question. */
  private answerInPassing(text: string): string | undefined {
    if (!/\?\s*$/.test(text) || text.length > 160) return undefined;
    const understood = this.parts.classify(text);
    if (understood.intent === 'support_contact')
      return `${flowOf('support_contact')!.opening} ${this.hoursNow()}`;
    const [best] = this.parts.guide.search(text);
    if (!best || best.score < SURE_OF_ARTICLE) return undefined;
    return texts.fromGuide(best.article.section, best.article.title, best.article.text);
  }

  private hoursNow(): string {
    const { hours } = this.parts;
    const { now } = this.turn;
    if (!hours.isOpen(now)) return texts.closed(hours.nextOpening(now), now);
    return hours.closesSoon(now) ? texts.closesSoon : texts.open;
  }

  // ---- the end of a form ----

  private after(result: DialogTurnResult): void {
    if (result.status !== DialogTurnStatus.complete) return;
    const ended = result.result as FormResult;
    if (ended.outcome === 'solved')
      return this.say({ text: texts.solved, choices: [{ title: choices.menu }] });
    const { memory, effects, conversation, now } = this.turn;
    const { hours } = this.parts;
    const flow = flowOf(ended.intent)!;
    const ticket = createTicket({
      flow,
      form: ended.form,
      conversation,
      removed: memory.removed,
      now,
      hours,
    });
    memory.removed = [];
    effects.tickets.push(ticket);
    effects.outbox.push({
      id: `ticket-created-${ticket.reference}`,
      kind: 'ticket_created',
      payload: { reference: ticket.reference },
      createdAt: now,
    });
    this.tellTicket(ticket);
  }

  private tellTicket(ticket: Ticket): void {
    const { now } = this.turn;
    const open = this.parts.hours.isOpen(now);
    const lines = [
      texts.received(ticket.reference),
      ...(ticket.intent === 'lost_parcel' ? [texts.inquiry] : []),
      ...ticket.promises.map((promise) => promise.text),
      `${this.hoursNow()} ${open ? texts.openDesk : texts.closedDesk}`,
      ticket.customerEmail === undefined ? texts.answerHere : texts.answerByEmail(ticket.customerEmail),
    ];
    this.say({ text: lines.join('\n\n') });
    this.say({ text: texts.anythingElse, choices: [{ title: choices.menu }] });
  }

  private async tellStatus(reference: string): Promise<void> {
    const own = await this.parts.ticketsOf(this.turn.conversation.id);
    const ticket = own.find((candidate) => candidate.reference === reference);
    if (!ticket) return this.say({ text: texts.unknownTicket, choices: [{ title: choices.menu }] });
    const state = ticket.status === 'open' ? 'en cours' : 'clos';
    this.say(texts.status(reference, ticket.subject, state));
    for (const promise of ticket.promises) this.say(promise.text);
    this.say({ text: this.hoursNow(), choices: [{ title: choices.menu }] });
  }
}
