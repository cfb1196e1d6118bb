import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { freePort } from '../freePort.ts';
import { MODEL_FOLDER } from '../modelFolder.ts';
import { Cluster, describeOnPostgres } from '../postgres.ts';
import { launchBrowser, picture, seeInside } from './browser.ts';

jest.setTimeout(180_000);

/** The product as it is started by its users: a process of its own, ended by kill -9. */
class Process {
  private child: ChildProcess | undefined;
  private readonly env: Record<string, string>;
  output = '';

  constructor(env: Record<string, string>) {
    this.env = env;
  }

  async start(): Promise<void> {
    const child = spawn(process.execPath, ['bot/main.ts'], {
      env: { ...process.env, ...this.env },
      stdio: 'pipe',
    });
    this.child = child;
    await new Promise<void>((resolve, reject) => {
      const read = (data: Buffer): void => {
        this.output += data.toString();
        if (this.output.includes('Guichet is ready')) resolve();
      };
      child.stdout.on('data', read);
      child.stderr.on('data', read);
      child.once('exit', (code) => reject(new Error(`the server ended with ${code}: ${this.output}`)));
    });
  }

  async kill(): Promise<void> {
    const child = this.child!;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await gone;
  }
}

/** The main job over a database; `database` gives the settings that name it. */
function mainJob(database: () => Promise<Record<string, string>>): void {
  let browser: Browser;
  let server: Process;
  let url: string;
  beforeAll(async () => {
    const port = await freePort();
    url = `http://localhost:${port}`;
    server = new Process({
      PORT: String(port),
      DATA_DIR: mkdtempSync(join(tmpdir(), 'guichet-main-job-')),
      MODEL_DIR: MODEL_FOLDER,
      GUICHET_NOW: '2026-03-18T14:30:00+01:00',
      LOG_LEVEL: 'error',
      ...(await database()),
    });
    await server.start();
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await server?.kill();
  });

  test('from the first message on the website to a ticket that an agent can read, over a kill -9', async () => {
    const customer = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    await seeInside(customer);
    await customer.goto(url);
    await customer.getByRole('button', { name: 'Ouvrir le chat du support' }).click();
    const log = customer.getByRole('log');
    const said = (text: string | RegExp) => log.getByText(text).last().waitFor();
    const types = async (text: string): Promise<void> => {
      await customer.getByRole('textbox', { name: 'Votre message' }).fill(text);
      await customer.keyboard.press('Enter');
    };

    await said(/assistant automatique/);
    await types('mon colis est noté livré mais je n’ai rien reçu, commande 100245');
    await said(/auprès de vos voisins.*section 6/s);
    await said(/numéro de suivi du colis/);
    await picture(customer, 'advice');
    await types('6A12345678901');
    await said(/demandé à vos voisins/);

    await server.kill();
    await types('non, c’est la commande 100246');
    await server.start();

    await said(/C’est corrigé.*100246/s);
    await log.getByRole('button', { name: 'Oui' }).last().click();
    await said(/Décrivez la situation/);
    await types('Le suivi dit déposé en boîte hier, la boîte est vide.');
    await said(/adresse e-mail/);
    await types('luc.bernard@exemple.fr');
    await said('Récapitulatif');
    await picture(customer, 'recap');
    await log.getByRole('button', { name: 'Envoyer' }).last().click();
    await said(/SUP-[2-9A-Z]{6}/);
    await said(/entre le mercredi 25 mars et le mercredi 1er avril/);
    await said(/Le support est ouvert/);
    await picture(customer, 'sent');
    const reference = /SUP-[2-9A-Z]{6}/.exec(await log.innerText())![0];

    // Nothing was said twice on the way.
    for (const line of ['non, c’est la commande 100246', 'luc.bernard@exemple.fr']) {
      expect(await log.getByText(line, { exact: true }).count()).toBeGreaterThan(0);
    }
    expect((await log.innerText()).split('C’est corrigé').length).toBe(2);

    const agent = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    await agent.goto(`${url}/console`);
    const [, email, password] = /shown only now: (\S+) {2}(\S+)/.exec(server.output)!;
    await agent.getByLabel('Adresse e-mail').fill(email!);
    await agent.getByLabel('Mot de passe').fill(password!);
    await agent.getByRole('button', { name: 'Se connecter' }).click();
    await agent.getByText(reference).first().click();
    await agent.getByRole('heading', { name: /Problème de livraison/ }).waitFor();
    for (const detail of [
      '100246',
      '6A12345678901',
      'la boîte est vide',
      'luc.bernard@exemple.fr',
      'mon colis est noté livré',
    ]) {
      await agent.getByText(detail).first().waitFor();
    }
    // To the last message: the one that told the customer the reference.
    await agent.getByText(`Votre demande porte la référence ${reference}`).first().waitFor();
    await picture(agent, 'ticket');
  });
}

describe('on SQLite', () => mainJob(async () => ({})));

describeOnPostgres('on PostgreSQL', () => {
  let cluster: Cluster;
  afterAll(() => cluster.end());
  mainJob(async () => {
    cluster = await Cluster.start();
    return { DATABASE_URL: await cluster.database() };
  });
});
