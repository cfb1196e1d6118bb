import { ActivityHandler, ConversationState, MemoryStorage, type TurnContext } from 'botbuilder';

const state = new ConversationState(new MemoryStorage());
const turns = state.createProperty<number>('turns');
const bot = new ActivityHandler();
bot.onMessage(async (context, next) => {
  await turns.set(context, (await turns.get(context, 0)) + 1);
  await context.sendActivity(`Echo: ${context.activity.text}`);
  await next();
});

/** A turn as Microsoft's samples run it: a bot that says again what it hears and counts its turns, its state in memory. */
export async function echo(context: TurnContext): Promise<void> {
  await bot.run(context);
  await state.saveChanges(context);
}
