import { randomUUID } from 'node:crypto';
import { createInterface } from 'node:readline';
import { pino } from 'pino';
import { openSqliteStore } from '../../adapters/storage/sqlite.ts';
import { createClock } from '../clock.ts';
import { readConfig, readEnvironment } from '../config.ts';
import { createBot } from '../createBot.ts';
import type { StoredActivity } from '../store.ts';
import { Turns } from '../turn.ts';

/** `npm run chat`: the same bot in the terminal, over a store of its own in DATA_DIR/chat. Empty line or Ctrl-D ends it. */
const config = readConfig(readEnvironment());
const store = await openSqliteStore(`${config.DATA_DIR}/chat`);
const now = createClock(config.GUICHET_NOW);
const turns = new Turns({
  store,
  bot: createBot(config, store),
  now,
  log: pino({ level: 'error' }, pino.destination(2)),
  publish: print,
});

const conversationId = randomUUID();
const from = { id: 'terminal' };
await store.openConversation({ id: conversationId, channel: 'terminal', userId: from.id, now: now() });
await turns.run({ conversationId, kind: 'start', from, text: '' });

const terminal = createInterface({ input: process.stdin, output: process.stdout, prompt: '> ' });
// A file's end comes before its lines are answered; a closed terminal has no prompt.
let ended = false;
terminal.once('close', () => (ended = true));
terminal.prompt();
for await (const line of terminal) {
  if (line.trim() === '') break;
  await turns.run({ conversationId, kind: 'message', from, text: line });
  if (!ended) terminal.prompt();
}
terminal.close();
await store.close();

function print(activities: StoredActivity[]): void {
  const said = activities.filter(({ role, activity }) => role === 'bot' && activity.type === 'message');
  for (const { activity } of said) {
    const choices =
      activity.suggestedActions?.actions.map((action, i) => `  [${i + 1}] ${action.title}`) ?? [];
    process.stdout.write(
      `\n${activity.text ?? ''}\n${choices.join('\n')}${choices.length > 0 ? '\n' : ''}\n`,
    );
  }
}
