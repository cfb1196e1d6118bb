import { Webhook } from 'standardwebhooks';
import { HttpSink } from '../httpSink.ts';
import { MailServer } from '../mailServer.ts';
import { REQUEST } from '../request.ts';
import { TestServer } from '../server.ts';
import { until } from '../until.ts';

/* The whole way: a customer sends a request, and the outside hears of it, whatever was down in between. */

const SECRET = `whsec_${Buffer.alloc(24, 3).toString('base64')}`;
let mail: MailServer;
let sink: HttpSink;
let server: TestServer;
beforeEach(async () => {
  mail = await MailServer.start();
  sink = await HttpSink.start();
  server = await TestServer.start({
    SMTP_URL: mail.url,
    SUPPORT_EMAIL: 'equipe@boutique.example',
    WEBHOOK_URL: `${sink.url}/hook`,
    PRIVATE_TARGETS: '127.0.0.1',
    WEBHOOK_SECRET: SECRET,
  });
});
afterEach(async () => {
  await server.stop();
  await mail.stop();
  await sink.stop();
});

async function sendsRequest(): Promise<void> {
  const talk = await server.converse();
  for (const text of REQUEST) await talk.says(text);
}

test('a request reaches the support, the customer and the webhook, each once', async () => {
  await sendsRequest();
  await until(() => mail.taken.length === 2 && sink.taken.length === 1);
  expect(mail.taken.map(({ to }) => to![0]!.address).sort()).toEqual([
    'equipe@boutique.example',
    'luc.bernard@exemple.fr',
  ]);
  const [{ headers, body }] = sink.taken as [HttpSink['taken'][0]];
  // Its time is that of the server's clock, which is simulated here, so the signature is made again and compared.
  const at = new Date(Number(headers['webhook-timestamp']) * 1000);
  expect(headers['webhook-signature']).toBe(
    new Webhook(SECRET).sign(String(headers['webhook-id']), at, body),
  );
  expect(JSON.parse(body)).toMatchObject({
    type: 'ticket.created',
    data: { customerEmail: 'luc.bernard@exemple.fr' },
  });
  // The mark comes after the other side has it.
  await until(async () => (await server.store.outbox(10)).length === 0);
});

test('mail and webhook are down, the server is restarted: the customer notices nothing, and all of it arrives', async () => {
  mail.mood = 'busy';
  sink.answer = () => ({ status: 503 });
  await sendsRequest();
  await until(() => sink.taken.length > 0);
  expect(mail.taken).toEqual([]);
  await server.restart();
  mail.mood = 'takes';
  sink.answer = () => ({ status: 200 });
  await until(() => mail.taken.length === 2);
  await until(() => sink.taken.length >= 2);
  expect(new Set(sink.taken.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
});
