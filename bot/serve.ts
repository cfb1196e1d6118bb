import { firstAgent } from '../adapters/console/agents.ts';
import { openStore } from '../adapters/storage/open.ts';
import { dropOldModels, isTrained } from '../knowledge/modelFile.ts';
import { createApp } from './app.ts';
import { createClock } from './clock.ts';
import type { Config } from './config.ts';
import { createBot, modelPlace } from './createBot.ts';
import { createLog } from './log.ts';

/** Store, bot, server; and how they stop. Resolves when the server listens. */
export async function serve(config: Config): Promise<void> {
  const log = createLog(config.LOG_LEVEL);
  const now = createClock(config.GUICHET_NOW);
  const store = await openStore(config);
  if (!isTrained(modelPlace(config)))
    process.stdout.write('  Learning the customers’ sentences, half a minute, only this once…\n');
  const bot = createBot(config, store);
  dropOldModels(modelPlace(config));
  const password = await firstAgent(store, config.AGENT_EMAIL);
  const app = await createApp(config, { store, bot, now, log });
  const address = await app.listen();

  const lines = [
    '',
    `  Guichet is ready.`,
    `  Shop page with the assistant: ${address}`,
    `  Agents' page:                 ${address}console`,
    ...(password === undefined
      ? []
      : [`  First sign-in, shown only now: ${config.AGENT_EMAIL}  ${password}`]),
    '',
  ];
  process.stdout.write(`${lines.join('\n')}\n`);

  let stopping = false;
  const stop = (signal: string): void => {
    // Who asks twice does not want to wait; nothing that was acknowledged is lost by it.
    if (stopping) process.exit(1);
    stopping = true;
    log.info({ signal }, 'stopping');
    // Whatever happens to a database that does not let go, the process ends.
    setTimeout(() => process.exit(1), 9_000).unref();
    void app
      .close()
      .then(() => store.close())
      .then(() => process.exit(0));
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}
