import { BotAdapter, TurnContext } from 'botbuilder-core';
import type { DialogContext, DialogInstance, DialogStateManagerConfiguration } from 'botbuilder-dialogs';
import { DialogTurnStatus } from 'botbuilder-dialogs/lib/dialog.js';
import { DialogSet } from 'botbuilder-dialogs/lib/dialogSet.js';
import { readPlace } from '../dialogs/choices.ts';
import { FormDialog, type FormResult } from '../dialogs/formDialog.ts';
import { type FormTurn, formTurn } from '../dialogs/formTurn.ts';
import { flows, subjects } from '../dialogs/index.ts';
import type { Reply } from '../dialogs/reply.ts';
import type { Finders, Message } from '../dialogs/slots.ts';
import { aside } from './aside.ts';
import type { BotParts, BotTurn } from './botTurn.ts';
import { choices, subjectChoices } from './texts.ts';

/** The open form and its state. */
export interface OpenForm {
  dialog: FormDialog;
  instance: DialogInstance;
}

/** One turn while the bot answers it: what is given, and the few moves that every answer is made of. */
export class OpenTurn {
  readonly parts: BotParts;
  readonly given: BotTurn;
  /** What the customer said; a bare number is read as the choice that it names. */
  readonly text: string;
  private readonly dialogs: DialogContext;
  private readonly find: Finders;

  private constructor(parts: BotParts, given: BotTurn, dialogs: DialogContext) {
    this.parts = parts;
    this.given = given;
    this.dialogs = dialogs;
    this.find = parts.finders(given.now);
    this.text = this.meant((given.activity.text ?? '').trim());
    dialogs.context.turnState.set(formTurn, this.formTurn(this.text));
  }

  /** Reads the open form out of the memory. */
  static async open(parts: BotParts, given: BotTurn): Promise<OpenTurn> {
    const { memory } = given;
    const dialogs = new DialogSet({
      get: async () => memory.dialogs,
      set: async (_context, value) => void (memory.dialogs = value),
      delete: async () => void (memory.dialogs = { dialogStack: [] }),
    });
    for (const form of FORMS) dialogs.add(form);
    const context = new TurnContext(ADAPTER, given.activity);
    if (configuration) context.turnState.set(CONFIGURATION, configuration);
    const opened = await dialogs.createContext(context);
    configuration = opened.state.configuration;
    return new OpenTurn(parts, given, opened);
  }

  get memory(): BotTurn['memory'] {
    return this.given.memory;
  }

  get now(): Date {
    return this.given.now;
  }

  /** The form that is open, if one is. */
  get form(): OpenForm | undefined {
    const instance = this.dialogs.activeDialog;
    const dialog = instance && this.dialogs.dialogs.find(instance.id);
    return dialog instanceof FormDialog ? { dialog, instance: instance! } : undefined;
  }

  /** The context that forms are handed. */
  get context(): TurnContext {
    return this.dialogs.context;
  }

  /** Adds to the turn’s one answer. */
  say(reply: Reply | string): void {
    this.given.say(typeof reply === 'string' ? { text: reply } : reply);
  }

  /** The customer's message as forms read it; or another text, read in its place. */
  message(text = this.text): Message {
    return { text, now: this.now, find: this.find };
  }

  /** Begins the form of an intent; what was said before the subject was clear is read as its first message. */
  async begin(intent: string, text: string): Promise<void> {
    this.memory.misunderstood = 0;
    delete this.memory.reminded;
    this.dialogs.context.turnState.set(formTurn, this.formTurn(text));
    await this.dialogs.beginDialog(intent);
  }

  /** Lets the open form read the message. @returns how it ended, when it did. */
  async continueForm(): Promise<FormResult | undefined> {
    const turn = await this.dialogs.continueDialog();
    return turn.status === DialogTurnStatus.complete ? (turn.result as FormResult) : undefined;
  }

  /** Has the open form ask its pending question again; nothing when none is open. */
  async reprompt(): Promise<void> {
    if (this.form) await this.dialogs.repromptDialog();
  }

  /** Ends whatever form is open; what it held is forgotten. */
  async closeForms(): Promise<void> {
    await this.dialogs.cancelAllDialogs();
  }

  /** Says the text with the subjects as choices, and waits for one of them. */
  offerMenu(text: string, bilingual = false): void {
    const intents = subjects.map((flow) => flow.intent);
    this.memory.pending = { kind: 'choose', intents, text: '' };
    this.say({ text, choices: subjectChoices(intents, bilingual) });
  }

  private formTurn(text: string): FormTurn {
    return {
      message: this.message(text),
      say: (reply) => this.say(reply),
      aside: (said, freeText) => aside(this, said, freeText),
      known: this.memory.known,
      taken: () => (this.memory.callback === undefined ? [] : [choices.callback]),
    };
  }

  /** "2" is the second choice offered, unless the open question takes a number. */
  private meant(text: string): string {
    const { offered } = this.memory;
    const place = offered.length > 0 ? readPlace(text, offered.length) : undefined;
    // "Le dernier" names one of several; beside a single choice it is something else.
    if (place === undefined || (offered.length < 2 && !/\d/.test(text))) return text;
    const { form } = this;
    return form?.dialog.takes(form.instance, this.message(text)) ? text : offered[place]!;
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

/** Where botbuilder looks for the parts of a dialog's memory before it makes them anew, which takes longer than many a turn. */
const CONFIGURATION = 'DialogStateManagerConfiguration';
let configuration: DialogStateManagerConfiguration | undefined;

/* Neither keeps anything of a turn, so all turns share them. */
const ADAPTER = new CollectingAdapter();
const FORMS = flows.map((flow) => new FormDialog(flow));
