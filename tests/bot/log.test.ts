import { createLog } from '../../bot/log.ts';
import { TestServer } from '../server.ts';

const CANARY = 'saperlipopette';

interface Line {
  msg: string;
  conversationId?: string;
  turnId?: string;
}

test('lines about a turn carry its conversation and its own id, and none carries what was said', async () => {
  let logged = '';
  const log = createLog('debug', { write: (line) => void (logged += line) });
  const server = await TestServer.start({ LOG_LEVEL: 'debug' }, { log });
  const customer = await server.converse();

  expect((await customer.says(`${CANARY}, mon colis a disparu`)).status).toBe(200);
  const { store } = server;
  // As databases and parsers do, these errors repeat what they were given.
  jest
    .spyOn(store, 'commitTurn')
    .mockRejectedValueOnce(Object.assign(new Error('null value'), { detail: `(${CANARY})` }));
  expect((await customer.says(`${CANARY}, encore`)).status).toBe(503);
  jest.spyOn(store.desk, 'live').mockImplementationOnce(() => {
    throw new SyntaxError(`Unexpected token, "${CANARY}" is not valid JSON`);
  });
  expect((await customer.says(`${CANARY}, toujours`)).status).toBe(200);
  await server.ask(
    'POST',
    `/v3/directline/conversations/${customer.id}/activities`,
    customer.token,
    `{${CANARY}`,
  );
  await server.stop();

  const lines = logged
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);
  const aboutTurns = lines.filter(({ msg }) => msg.includes('turn'));
  expect(aboutTurns.map(({ msg }) => msg)).toEqual(
    expect.arrayContaining([
      'a turn ended',
      'a turn failed; nothing of it was stored',
      'the bot failed on a turn; the customer got an apology',
    ]),
  );
  for (const line of aboutTurns) {
    expect(line.conversationId).toBe(customer.id);
    expect(line.turnId).toMatch(/^[\da-f-]{36}$/);
  }
  // The request in which the turn was run failed too, and says which turn it was.
  const [turn, request, ...others] = lines.filter(({ msg }) => /^a (?:turn|request) failed/.test(msg));
  expect(others).toEqual([]);
  const { conversationId, turnId } = turn!;
  expect(request).toMatchObject({ msg: 'a request failed', conversationId, turnId });
  // The start of the conversation, and three messages.
  expect(
    new Set(aboutTurns.filter(({ msg }) => msg === 'a turn ended').map(({ turnId }) => turnId)).size,
  ).toBe(4);
  expect(logged).not.toContain(CANARY);
});

test('an error is logged with its place in the code and its cause', () => {
  let logged = '';
  const log = createLog('info', { write: (line) => void (logged += line) });
  log.error({ err: new Error('outside', { cause: new Error('inside') }) }, 'broken');
  const { err } = JSON.parse(logged) as {
    err: { message: string; stack: string; cause: { message: string } };
  };
  expect(err).toMatchObject({ type: 'Error', message: 'outside', cause: { message: 'inside' } });
  expect(err.stack).toMatch(/^at .*log\.test\.ts/);
});
