import { mkdirSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { openStoreBeside } from '../../adapters/storage/open.ts';
import { DatabaseError } from '../../adapters/storage/databaseError.ts';
import { createClock } from '../clock.ts';
import { type Config, ConfigError, readConfig, readEnvironment } from '../config.ts';
import { customerData } from '../customerData.ts';
import { customerDataHtml } from '../customerData/html.ts';
import { customerDataJson } from '../customerData/json.ts';
import { Retention } from '../retention.ts';
import type { AuditEntry, DataSubject, Store } from '../store.ts';

/*
 * `npm run privacy -- …`: what an operator does for customers' rights, while the server runs or not. See docs/privacy.md.
 * It opens the database beside the server, as a second writer for a moment: no route to guard, no secret to hand over, the
 * same on both engines.
 */

const USAGE = `What is to be done?
  npm run privacy -- export    (--email X | --conversation ID | --user ID) [--out FOLDER]
  npm run privacy -- erase     (--email X | --conversation ID | --user ID) [--dry-run]
  npm run privacy -- retention
  npm run privacy -- audit     [--limit 100]
`;
/** Milliseconds within which nothing of what was erased is in the files any more. */
const SWEPT_WITHIN = 60_000;

/** A mistake of whoever calls; the message says what to do instead. */
class UsageError extends Error {}

interface Call {
  store: Store;
  config: Config;
  now: () => Date;
  options: Options;
}
type Options = ReturnType<typeof readArguments>['values'];

function readArguments() {
  return parseArgs({
    allowPositionals: true,
    options: {
      email: { type: 'string' },
      conversation: { type: 'string' },
      user: { type: 'string' },
      out: { type: 'string', default: '.' },
      'dry-run': { type: 'boolean', default: false },
      limit: { type: 'string', default: '100' },
    },
  });
}

const commands: Readonly<Record<string, (call: Call) => Promise<void>>> = {
  export: exportData,
  erase: eraseData,
  retention: runRetention,
  audit: showAudit,
};

async function exportData({ store, now, options }: Call): Promise<void> {
  const at = now();
  const data = await customerData(store, subjectOf(options), at);
  const name = join(options.out, `customer-data-${at.toISOString().replaceAll(':', '-').slice(0, 19)}`);
  mkdirSync(options.out, { recursive: true });
  // For the operator's eyes alone: it is somebody's conversations.
  writeFileSync(`${name}.json`, customerDataJson(data, at), { mode: 0o600 });
  writeFileSync(`${name}.html`, customerDataHtml(data, at), { mode: 0o600 });
  for (const { conversation } of data) await note(store, 'exported', `conversation ${conversation.id}`, at);
  say(`${data.length} conversations written to ${name}.json and ${name}.html.`);
  await tellMentions(store, options);
}

async function eraseData({ store, now, options }: Call): Promise<void> {
  const ids = await store.privacy.conversationsOf(subjectOf(options));
  for (const id of ids) {
    const references = (await store.ticketsOf(id)).map(({ reference }) => reference);
    say([`conversation ${id}`, ...references].join(', '));
    if (options['dry-run']) continue;
    await store.eraseConversation(id);
    await note(store, 'erased', `conversation ${id}`, now());
  }
  if (options['dry-run']) return say(`${ids.length} conversations would be erased; nothing was.`);
  await sweep(store);
  say(`${ids.length} conversations erased. Backups keep theirs until they are replaced.`);
  await tellMentions(store, options);
}

async function runRetention({ store, config, now }: Call): Promise<void> {
  const { conversations, uploads } = await new Retention({ store, now }, config).run();
  await sweep(store);
  say(`${conversations} conversations and ${uploads} pictures had been kept long enough, and were erased.`);
}

async function showAudit({ store, options }: Call): Promise<void> {
  const limit = Number(options.limit);
  if (!Number.isInteger(limit) || limit < 1)
    throw new UsageError('--limit must be a whole number, for example 100.');
  for (const { at, actor, action, subject } of await store.audit.latest(limit)) {
    say(`${at.toISOString()}  ${actor}  ${action}  ${subject}`);
  }
}

function subjectOf({ email, conversation, user }: Options): DataSubject {
  const given = [
    email !== undefined && { email },
    conversation !== undefined && { conversation },
    user !== undefined && { user },
  ];
  const [subject, ...others] = given.filter((one) => one !== false);
  if (!subject || others.length > 0 || Object.values(subject).includes(''))
    throw new UsageError('Name one customer: --email X, --conversation ID or --user ID.');
  return subject;
}

/** Who wrote an address is not always whose it is: the operator decides. */
async function tellMentions(store: Store, { email }: Options): Promise<void> {
  const others = email === undefined ? [] : await store.privacy.mentionsOf(email);
  if (others.length === 0) return;
  say(
    `The address also stands in conversations that may be of others; look, and name them by --conversation:`,
  );
  for (const id of others) say(`  ${id}`);
}

async function sweep(store: Store): Promise<void> {
  const deadline = Date.now() + SWEPT_WITHIN;
  while (!(await store.privacy.sweep())) {
    if (Date.now() > deadline)
      throw new UsageError(
        'A reader, such as a backup, holds the log of the database. Run npm run privacy -- retention when it has ended.',
      );
    await pause(250);
  }
}

function note(store: Store, action: AuditEntry['action'], subject: string, at: Date): Promise<void> {
  return store.audit.add({ at, actor: `operator:${userInfo().username}`, action, subject });
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

async function main(): Promise<void> {
  const { values: options, positionals } = readArguments();
  const command = commands[positionals[0] ?? ''];
  if (!command || positionals.length > 1) throw new UsageError(USAGE);
  const config = readConfig(readEnvironment());
  const store = await openStoreBeside(config);
  try {
    await command({ store, config, now: createClock(config.GUICHET_NOW), options });
  } finally {
    await store.close();
  }
}

main().catch((error: unknown) => {
  const isExpected =
    error instanceof UsageError ||
    error instanceof ConfigError ||
    error instanceof DatabaseError ||
    (error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS'));
  process.stderr.write(
    `${isExpected ? error.message : error instanceof Error ? error.stack : String(error)}\n`,
  );
  process.exitCode = 1;
});
