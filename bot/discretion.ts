import { fold, fr } from '../dialogs/french.ts';
import type { Reply } from '../dialogs/reply.ts';
import type { BotTurn } from './botTurn.ts';
import type { OutboxRow } from './store.ts';
import type { TurnParts } from './turn.ts';

/** Sentences about what is not said, or not here. */
const discretionTexts = {
  machine: fr`Je suis l’assistant automatique du support. Un humain est là aussi : écrivez « parler à un humain » à tout moment.`,
  inPrivate: fr`Pour votre sécurité, n’en parlons pas devant tout le monde : je vous écris en privé.`,
  quiet: fr`C’est noté : je n’écris plus de moi-même. Je réponds toujours quand vous m’écrivez ; pour changer d’avis, écrivez « prévenez-moi à nouveau ».`,
  notQuiet: fr`C’est noté : je vous préviens de nouveau ici quand il y a du neuf.`,
} as const;

const QUIET =
  /^(?:(?:stop|arretez?|desactive[rz]?|plus de|pas de|je ne veux plus (?:de|les))(?: les| la| mes)? (?:notifications?|rappels?|messages? automatiques?|relances?)|ne (?:me|m') ?(?:prevenez|ecrivez|relancez|notifiez) plus)(?: svp| merci)?$/;
const NOT_QUIET =
  /^(?:prevenez[- ]moi (?:a|de) nouveau|(?:re)?activez?r? (?:les |mes )?(?:notifications?|rappels?)|remettez (?:les |mes )?(?:notifications?|rappels?))(?: svp| merci)?$/;

/** Its details are not for a group's eyes (guide, section 7). */
const PRIVATE_INTENT = 'suspicious_activity';

/**
 * What channels that push ask of the bot: to speak by itself only to those who want it, and not to treat a security
 * incident where others read along. Elsewhere it is the bot as it is.
 */
export class Discretion {
  private readonly bot: TurnParts['bot'];
  private readonly notice: string;

  /** @param notice what is done with the data, said once to who begins */
  constructor(bot: TurnParts['bot'], notice: string) {
    this.bot = bot;
    this.notice = notice;
  }

  /** Answers a turn, in public only with what is fit for it. */
  async run(turn: BotTurn): Promise<void> {
    const { reach } = turn.conversation;
    if (!reach) return this.bot.run(turn);
    const begins = turn.conversation.lastSeq === 0;
    if (turn.activity.type !== 'message') {
      await this.bot.run(turn);
      if (begins && turn.activity.type === 'conversationUpdate') turn.say({ text: this.notice });
      return;
    }
    const { memory } = turn;
    // Who writes before any welcome learns it with the first answer.
    if (begins) turn.say({ text: `${discretionTexts.machine}\n\n${this.notice}` });
    const said = fold(turn.activity.text ?? '').replace(/[\s.!]+$/, '');
    if (QUIET.test(said)) {
      memory.quiet = true;
      return turn.say({ text: discretionTexts.quiet });
    }
    if (NOT_QUIET.test(said)) {
      delete memory.quiet;
      return turn.say({ text: discretionTexts.notQuiet });
    }
    if (!reach.shared) return this.bot.run(turn);
    await this.inShared(turn);
  }

  private async inShared(turn: BotTurn): Promise<void> {
    const { memory, conversation, now } = turn;
    const before = structuredClone(memory);
    const effects = structuredClone(turn.effects);
    const said: Reply[] = [];
    await this.bot.run({ ...turn, say: (reply) => said.push(reply) });
    if (memory.dialogs.dialogStack.at(-1)?.id !== PRIVATE_INTENT) {
      for (const reply of said) turn.say(reply);
      return;
    }
    // Nothing of it stays here: the private chat begins with the same message.
    restore(memory, { ...before, removed: memory.removed });
    restore(turn.effects, effects);
    turn.effects.outbox.push(movedRow(conversation.id, conversation.lastSeq + 1, now));
    turn.say({ text: discretionTexts.inPrivate });
  }
}

/** Makes an object what it was, without what was added to it since. */
function restore<T extends object>(changed: T, before: T): void {
  for (const key of Object.keys(changed)) Reflect.deleteProperty(changed, key);
  Object.assign(changed, before);
}

/** Has the channel open a private chat, and take up there the message at `seq`. */
function movedRow(conversationId: string, seq: number, at: Date): OutboxRow {
  return {
    id: `private-chat-${conversationId}-${seq}`,
    kind: 'private_chat',
    payload: { conversationId, seq },
    createdAt: at,
  };
}
