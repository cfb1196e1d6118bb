import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { pino } from 'pino';
import { DATABASE_FILE, openSqliteStore } from '../../adapters/storage/sqlite.ts';
import { readConfig } from '../../bot/config.ts';
import { createBot, loadKnowledge } from '../../bot/createBot.ts';
import type { Store } from '../../bot/store.ts';
import { Turns } from '../../bot/turn.ts';
import { MODEL_FOLDER } from '../modelFolder.ts';
import { SAID } from './customers.ts';
import { percentile } from './load.ts';
import { figure, type Row } from './row.ts';

const NOW = new Date('2026-03-18T13:30:00Z');
const MESSAGES_EACH = 6;
/** One in so many conversations has a ticket, mail of which was delivered. */
const TICKET_EVERY = 5;

/** A database with something in it, and a conversation in which turns are measured. */
interface Stage {
  name: string;
  /** Other conversations. */
  stored: number;
  /** Messages that the conversation has already. */
  messages: number;
}

const BY_STORED: readonly Stage[] = [10, 1_000, 100_000].map((stored) => ({
  name: `${figure(stored)} conversations stored`,
  stored,
  messages: 10,
}));
const BY_LENGTH: readonly Stage[] = [10, 1_000].map((messages) => ({
  name: `in a conversation of ${figure(messages)} messages`,
  stored: 1_000,
  messages,
}));

export const growth: Row = {
  name: 'growth',
  title: 'Growth',
  run: async (short) => {
    const turns = short ? 48 : 240;
    const stages = short
      ? BY_STORED.map((stage) => ({ ...stage, stored: stage.stored / 10 }))
      : [...BY_STORED, ...BY_LENGTH];
    const open = await Promise.all(stages.map(openStage));
    // In turns, so that what else the machine does falls on all of them.
    for (let i = 0; i < turns + SAID.length; i += 1) {
      for (const stage of open) await stage.turn(i, i >= SAID.length);
    }
    for (const stage of open) await stage.close();
    const median = (i: number): number => percentile(open[i]!.took, 50);
    const flat = (what: string, many: number, few: number) => ({
      what,
      measured: median(many) / median(few),
      unit: '×',
      atMost: 1.2,
      broken: 3,
    });
    return {
      how: `Turns of the real bot on SQLite with synchronous=FULL, without HTTP, one after the other: ${turns} in each database, in turns between the databases, ${SAID.length} before that for warming up. A stored conversation has ${MESSAGES_EACH} messages; one in ${TICKET_EVERY} has a ticket and a delivered mail.`,
      table: {
        head: ['database', 'p50 of a turn', 'p99', 'a look into the outbox, p50'],
        rows: stages.map(({ name }, i) => [
          name,
          `${figure(median(i))} ms`,
          `${figure(percentile(open[i]!.took, 99))} ms`,
          `${figure(percentile(open[i]!.claims, 50))} ms`,
        ]),
      },
      goals: [
        flat(`A turn with ${figure(stages[1]!.stored)} conversations against ${stages[0]!.stored}`, 1, 0),
        flat(`A turn with ${figure(stages[2]!.stored)} conversations against ${stages[0]!.stored}`, 2, 0),
        {
          what: `A look into the outbox with ${figure(stages[2]!.stored)} conversations`,
          measured: percentile(open[2]!.claims, 50),
          unit: 'ms',
          atMost: 1,
        },
        ...(short ? [] : [flat('A turn in a conversation of 1,000 messages against 10', 4, 3)]),
      ],
    };
  },
};

async function openStage(stage: Stage): Promise<{
  took: number[];
  /** Of looking for what the outbox has to deliver, which follows a turn that wrote into it. */
  claims: number[];
  turn(i: number, counts: boolean): Promise<void>;
  close(): Promise<void>;
}> {
  const folder = mkdtempSync(join(tmpdir(), 'guichet-growth-'));
  await (await openSqliteStore(folder)).close();
  fill(folder, stage);
  const store: Store = await openSqliteStore(folder);
  const log = pino({ level: 'silent' });
  const config = readConfig({ DATA_DIR: MODEL_FOLDER });
  const bot = createBot(config, store, (knowledge ??= loadKnowledge(MODEL_FOLDER)));
  const turns = new Turns({ store, bot, now: () => NOW, log, publish: () => undefined });
  const [took, claims]: [number[], number[]] = [[], []];
  return {
    took,
    claims,
    turn: async (i, counts) => {
      const began = performance.now();
      await turns.run({
        conversationId: 'measured',
        kind: 'message',
        from: { id: 'customer' },
        text: SAID[i % SAID.length]!,
        key: `message-${i}`,
      });
      const turned = performance.now();
      await store.deliveries.claim('support_email', { now: NOW, until: NOW, limit: 8 });
      if (!counts) return;
      took.push(turned - began);
      claims.push(performance.now() - turned);
    },
    close: async () => {
      await store.close();
      rmSync(folder, { recursive: true });
    },
  };
}

let knowledge: ReturnType<typeof loadKnowledge> | undefined;

/** Rows as turns write them, by SQL: a hundred thousand conversations in seconds. */
function fill(folder: string, { stored, messages }: Stage): void {
  const database = new DatabaseSync(join(folder, DATABASE_FILE));
  const at = NOW.toISOString();
  const body = JSON.stringify({
    type: 'message',
    from: { id: 'customer', name: '', role: 'user' },
    text: 'Mon colis est noté livré mais je n’ai rien reçu, et personne ne répond au numéro du transporteur.',
    channelData: { clientActivityID: 'message' },
  });
  const numbers = (count: number): string =>
    `with recursive n(i) as (select 1 union all select i + 1 from n where i < ${count})`;
  database.exec(`PRAGMA synchronous = OFF; begin;
    ${numbers(stored)} insert into conversations (id, channel, user_id, created_at, last_seq, version, state)
      select 'c' || i, 'directline', 'u' || i, '${at}', ${MESSAGES_EACH}, ${MESSAGES_EACH / 2}, '{}' from n;
    insert into conversations (id, channel, user_id, created_at, last_seq, version, state)
      values ('measured', 'directline', 'customer', '${at}', ${messages}, ${messages / 2}, '{}');
    ${numbers(MESSAGES_EACH)} insert into activities (conversation_id, seq, role, at, body)
      select c.id, n.i, case n.i % 2 when 1 then 'customer' else 'bot' end, '${at}', '${body}'
      from conversations c, n where c.id != 'measured';
    ${numbers(messages)} insert into activities (conversation_id, seq, role, at, body)
      select 'measured', i, case i % 2 when 1 then 'customer' else 'bot' end, '${at}', '${body}' from n;
    insert into turns (conversation_id, turn_key, first_seq, last_seq)
      select conversation_id, 'message-of-before-' || seq, seq, seq + 1 from activities where role = 'customer';
    insert into tickets (reference, conversation_id, status, created_at, updated_at, body)
      select 'SUP-' || id, id, 'closed', '${at}', '${at}', '{}' from conversations
      where rowid % ${TICKET_EVERY} = 0 and id != 'measured';
    insert into outbox (id, kind, created_at, payload, position, attempts, due_at, delivered_at)
      select 'mail-' || reference, 'support_email', '${at}', '{}', rowid, 1, '${at}', '${at}' from tickets;
    commit`);
  database.close();
}
