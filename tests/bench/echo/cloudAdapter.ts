import { CloudAdapter, ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import restify from 'restify';
import { echo } from './bot.ts';
import { listen } from './listen.ts';

/* The echo bot of Microsoft's samples: CloudAdapter, which answers by the connector that the activity names. Without an
   application id it asks for no token, so all of it stays on this machine. */

const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication({}));
const server = restify.createServer();
server.use(restify.plugins.bodyParser({ mapParams: false }));
server.post('/api/messages', async (request, response) => {
  await adapter.process(request, response, echo);
});
listen(server);
