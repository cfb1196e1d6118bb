import { until } from './widgetPage.ts';
import { context, page, server, stage, widget } from './widgetStage.ts';

stage();

test('a link that went silent is noticed within 20 seconds and replaced; nothing is missing or said twice', async () => {
  await page.clock.install();
  let sockets = 0;
  let silent = false;
  await page.routeWebSocket(/\/stream/, (socket) => {
    sockets += 1;
    const upstream = socket.connectToServer();
    const first = sockets === 1;
    upstream.onMessage((data) => {
      if (!(first && silent)) socket.send(data);
    });
  });
  await widget.open();
  silent = true;
  await widget.says('ma carte est refusée');
  await widget.log.getByText('envoyé').waitFor();
  await page.clock.runFor(20_000);
  await widget.hears(/banque/);
  expect(sockets).toBe(2);
  expect(await widget.occurrences('ma carte est refusée')).toEqual({ shown: 1, stored: 1 });
  expect(await widget.log.locator('.bubble').count()).toBe((await widget.storedTexts()).length);
});

test('a lost network is told, and what is written meanwhile arrives within 5 seconds of its return', async () => {
  await widget.open();
  await context.setOffline(true);
  await widget.panel.getByText(/Hors ligne/).waitFor();
  await widget.says('mon colis est perdu');
  await widget.log.getByText('envoi…').waitFor();
  await context.setOffline(false);
  const back = Date.now();
  await widget.hears(/numéro de commande/);
  expect(Date.now() - back).toBeLessThan(5_000);
  expect(await widget.occurrences('mon colis est perdu')).toEqual({ shown: 1, stored: 1 });
});

test('what was given up while nobody was reached leaves by itself when the network is back', async () => {
  await page.clock.install();
  await widget.open();
  await context.setOffline(true);
  await widget.panel.getByText(/Hors ligne/).waitFor();
  await widget.says('mon colis est perdu');
  await until(async () => {
    await page.clock.runFor(5_000);
    return widget.log.getByRole('button', { name: /réessayer/ }).count();
  }, 1);
  await context.setOffline(false);
  await widget.hears(/numéro de commande/);
  expect(await widget.occurrences('mon colis est perdu')).toEqual({ shown: 1, stored: 1 });
});

test('a restart of the server is told, and the conversation goes on', async () => {
  await widget.open();
  const lost = page.getByText('Connexion perdue, nouvel essai…').waitFor();
  await server.restart();
  await lost;
  await until(() => widget.state.innerText(), '', 20_000);
  await widget.asks('mon colis est perdu', /numéro de commande/);
});

test('a network without WebSocket is served by plain requests, and says nothing of it', async () => {
  await page.addInitScript(() => {
    class Blocked extends EventTarget {
      onclose: (() => void) | undefined;
      constructor() {
        super();
        setTimeout(() => this.onclose?.());
      }
      close(): void {}
    }
    Object.assign(window, { WebSocket: Blocked });
  });
  await widget.open();
  await widget.asks('mon colis est perdu', /numéro de commande/);
  expect((await widget.occurrences('mon colis est perdu')).shown).toBe(1);
  expect(await widget.state.innerText()).toBe('');
});
