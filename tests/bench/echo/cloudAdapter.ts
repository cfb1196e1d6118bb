import {
  ActivityHandler,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  ConversationState,
  MemoryStorage,
} from 'botbuilder';
import restify from 'restify';
import { listen } from './listen.ts';

/* The echo bot of Microsoft's samples: CloudAdapter, which answers by the connector that the activity names. Without an
   application id it asks for no token, so all of it stays on this machine. */

const state = new ConversationState(new MemoryStorage());
const turns = state.createProperty<number>('turns');
const bot = new ActivityHandler();
bot.onMessage(async (context, next) => {
  await turns.set(context, (await turns.get(context, 0)) + 1);
  await context.sendActivity(`Echo: ${context.activity.text}`);
  await next();
});

const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication({}));
const server = restify.createServer();
server.use(restify.plugins.bodyParser({ mapParams: false }));
server.post('/api/messages', async (request, response) => {
  await adapter.process(request, response, async (context) => {
    await bot.run(context);
    await state.saveChanges(context);
  });
});
listen(server);
