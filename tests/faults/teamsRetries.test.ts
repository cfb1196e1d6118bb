import { MailServer } from '../mailServer.ts';
import { REQUEST } from '../request.ts';
import { TeamsServer } from '../teams/teamsServer.ts';
import { figure } from './report.ts';

jest.setTimeout(60_000);

test('each message of a request is sent again by Teams, under its id after 15 s and under a new one after 45 s: each is one turn, and all is one ticket and one mail to each', async () => {
  const mail = await MailServer.start();
  const teams = await TeamsServer.start({ SMTP_URL: mail.url, SUPPORT_EMAIL: 'equipe@boutique.example' });
  const luc = teams.customer('Luc');
  let sent = 0;
  for (const text of REQUEST) {
    const activity = luc.typed(text);
    for (const [seconds, id] of [
      [0, activity['id']],
      [15, activity['id']],
      [30, `${String(activity['id'])}-again`],
    ] as const) {
      teams.minutes(seconds / 60);
      expect(await luc.send({ ...activity, id })).toMatchObject({ status: 200 });
      sent += 1;
    }
    await teams.settled();
  }
  const lines = await luc.transcript();
  expect(lines.filter((line) => line.startsWith('customer'))).toHaveLength(REQUEST.length);
  const { tickets } = await teams.store.tickets({});
  expect(tickets).toHaveLength(1);
  expect(mail.taken.map(({ to }) => to![0]!.address).sort()).toEqual([
    'equipe@boutique.example',
    'luc.bernard@exemple.fr',
  ]);
  await teams.stop();
  await mail.stop();
  figure(
    'Teams retries (same id at 15 s, new id at 45 s)',
    `${sent} posts of ${REQUEST.length} messages: ${REQUEST.length} turns, 1 ticket, 1 mail to each side`,
  );
});
