import { BotAdapter, TurnContext, type Activity, type ResourceResponse } from 'botbuilder';
import restify from 'restify';
import { echo } from './bot.ts';
import { listen } from './listen.ts';

/* The least that botbuilder can do: a bare echo bot on restify, its state in memory, its answers in the HTTP answer. */

class InProcessAdapter extends BotAdapter {
  async process(
    activity: Partial<Activity>,
    run: (context: TurnContext) => Promise<void>,
  ): Promise<string[]> {
    const said: string[] = [];
    const context = new TurnContext(this, activity);
    context.turnState.set('said', said);
    await this.runMiddleware(context, run);
    return said;
  }
  override async sendActivities(
    context: TurnContext,
    activities: Partial<Activity>[],
  ): Promise<ResourceResponse[]> {
    const said = context.turnState.get<string[]>('said');
    return activities.map(({ text = '' }) => ({ id: String(said.push(text)) }));
  }
  override async updateActivity(): Promise<undefined> {
    return undefined;
  }
  override async deleteActivity(): Promise<void> {}
  override async continueConversation(): Promise<void> {}
}

const adapter = new InProcessAdapter();
const server = restify.createServer();
server.use(restify.plugins.jsonBodyParser({ mapParams: false }));
server.post('/v3/directline/conversations/:id/activities', async (request, response) => {
  const { id } = request.params as { id: string };
  const activity = {
    ...(request.body as Partial<Activity>),
    channelId: 'directline',
    conversation: { id } as Activity['conversation'],
    recipient: { id: 'bot', name: 'Bot' },
  };
  const said = await adapter.process(activity, echo);
  response.send(200, { id: `${id}|1`, said });
});
listen(server);
