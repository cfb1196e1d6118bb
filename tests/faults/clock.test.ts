import { SupportHours } from '../../bot/supportHours.ts';
import { MailServer } from '../mailServer.ts';
import { REQUEST } from '../request.ts';
import { SECRET, TestServer } from '../server.ts';
import { until } from '../until.ts';
import { check, type StoredLine } from './checker.ts';
import { History } from './history.ts';
import { figure } from './report.ts';
import { readStored } from './stored.ts';

const DAY = 24 * 3600_000;

let clock: number;
let mail: MailServer;
let server: TestServer;
describe('a server whose clock jumps', () => {
  beforeEach(async () => {
    clock = Date.parse('2026-03-27T14:30:00+01:00');
    mail = await MailServer.start();
    server = await TestServer.start(
      { SMTP_URL: mail.url, SUPPORT_EMAIL: 'equipe@boutique.example' },
      { now: () => new Date(clock) },
    );
  });
  afterEach(async () => {
    await server.stop();
    await mail.stop();
  });

  /** As a shop's own program does, whose secret does not expire when the clock jumps. */
  async function says(id: string, text: string): Promise<void> {
    const path = `/v3/directline/conversations/${id}/activities`;
    const body = { type: 'message', text, channelData: { clientActivityID: text } };
    expect(await server.ask('POST', path, SECRET, body)).toMatchObject({ status: 200 });
  }

  const linesOf = (id: string): readonly StoredLine[] => readStored(server.folder).conversations.get(id)!;

  test('the clock jumps by a day, back, and over the change of hour: the order is that of the talk, for all who read it', async () => {
    const { id } = await server.converse();
    const jumps = [
      0,
      DAY,
      -2 * DAY,
      DAY,
      Date.parse('2026-03-29T01:59:59+01:00') - clock,
      2_000,
      3600_000,
      -3 * DAY,
    ];
    const said: string[] = [];
    for (const jump of jumps) {
      clock += jump;
      said.push(`menu ${said.length}`);
      await says(id, said.at(-1)!);
    }
    const history = new History();
    for (const key of said)
      history.add({ operation: 'say', client: 'luc', conversation: id, key, phase: 'invoke' });
    const stored = readStored(server.folder);
    expect(check(history, stored)).toEqual([]);
    expect(linesOf(id).flatMap(({ role, text }) => (role === 'customer' ? [text] : []))).toEqual(said);
    const { body } = await server.ask(
      'GET',
      `/v3/directline/conversations/${id}/activities?watermark=3`,
      SECRET,
    );
    const read = (body['activities'] as { id: string }[]).map((activity) => activity.id);
    expect(read).toEqual(
      linesOf(id)
        .slice(3)
        .map((line) => line.id),
    );
  });

  test('a reminder comes once, though the clock passes its time again', async () => {
    const { id } = await server.converse();
    await says(id, 'mon colis n’est pas arrivé');
    clock += DAY;
    await until(() => linesOf(id).length === 4);
    clock -= 2 * DAY;
    await says(id, 'commande 100245');
    clock += DAY;
    await until(async () => !(await server.store.timers.all(10)).some(({ kind }) => kind === 'idle'));
    expect(linesOf(id).map(({ role }) => role)).toEqual(['bot', 'customer', 'bot', 'bot', 'customer', 'bot']);
  });

  test('mail that was written while the clock was a day ahead leaves when it is right again', async () => {
    const { id } = await server.converse();
    mail.mood = 'busy';
    clock += DAY;
    for (const text of REQUEST) await says(id, text);
    clock -= DAY;
    mail.mood = 'takes';
    await until(() => mail.taken.length === 2);
    await until(async () => (await server.store.outbox(10)).length === 0);
    expect(mail.taken).toHaveLength(2);
    figure(
      'clock ±1 day, change of hour',
      'order unchanged for all who read; a reminder whose time is passed again comes once; mail written under a clock a day ahead leaves at once when it is right; hours right on both sides of both changes',
    );
  });
});

test.each([
  // The night in which the clocks go forward, and the Monday after.
  ['2026-03-27T17:59:59+01:00', true],
  ['2026-03-27T18:00:00+01:00', false],
  ['2026-03-29T12:00:00+02:00', false],
  ['2026-03-30T08:59:59+02:00', false],
  ['2026-03-30T09:00:00+02:00', true],
  // The night in which they go back.
  ['2026-10-23T17:59:59+02:00', true],
  ['2026-10-23T18:00:00+02:00', false],
  ['2026-10-26T08:59:59+01:00', false],
  ['2026-10-26T09:00:00+01:00', true],
])('at %s the support is open: %s', (instant, open) => {
  expect(new SupportHours('france').isOpen(new Date(instant))).toBe(open);
});
