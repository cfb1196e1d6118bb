import { TestServer } from '../server.ts';
import { page, server, stage, widget } from './widgetStage.ts';

stage(() =>
  TestServer.start({
    SHOP_NAME: 'Boutique Exemple',
    KEEP_CHATS_DAYS: '7',
    KEEP_TICKETS_MONTHS: '3',
    PRIVACY_URL: 'https://boutique.example/confidentialite',
  }),
);

test('the notice says who, why, how long by the settings and which rights; its version is kept with what is said', async () => {
  await widget.open();
  const notice = page.locator('.data-notice');
  await notice.getByText(/Boutique Exemple/).waitFor();
  const said = (await notice.innerText()).replace(/[\u00a0\u202f]/g, ' ');
  expect(said).toContain('servent à Boutique Exemple à traiter votre demande');
  expect(said).toContain('gardés 7 jours, ou 3 mois après la fin d’une demande');
  expect(said).toContain('vos images, 90 jours');
  expect(said).toContain('télécharger ou les supprimer');
  expect(await notice.getByRole('link').getAttribute('href')).toBe(
    'https://boutique.example/confidentialite',
  );
  await widget.field.fill('bonjour');
  await page.keyboard.press('Enter');
  await widget.hears(/Que puis-je faire/);
  const id = await page.evaluate(
    () => JSON.parse(atob(localStorage.getItem('guichet-conversation')!.split('.')[1]!)) as { conv: string },
  );
  const [, message] = await server.store.activities(id.conv);
  expect(message!.activity.channelData).toMatchObject({ notice: '2026-11/7d-3m-90d' });
});
