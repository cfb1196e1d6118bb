import { readFileSync } from 'node:fs';
import Ajv from 'ajv-draft-04';
import addFormats from 'ajv-formats';
import { unzipSync } from 'fflate';
import { imageSize } from 'image-size';
import { appPackage } from '../../adapters/teams/appPackage.ts';
import { readConfig } from '../../bot/config.ts';
import { APP_ID, TENANT } from './fakeTeams.ts';

const settings = {
  TEAMS_ENABLED: 'true',
  TEAMS_APP_ID: APP_ID,
  TEAMS_TENANT_ID: TENANT,
  TEAMS_APP_PASSWORD: 'secret-of-the-tests',
  TEAMS_WEBSITE_URL: 'https://boutique.example',
  TEAMS_PRIVACY_URL: 'https://boutique.example/confidentialite',
  TEAMS_TERMS_URL: 'https://boutique.example/conditions',
  PUBLIC_URL: 'https://support.boutique.example',
  SHOP_NAME: 'Boutique Exemple',
};
const files = unzipSync(appPackage(readConfig(settings), '0.1.0'));
const json = (name: string): Record<string, unknown> =>
  JSON.parse(Buffer.from(files[name]!).toString()) as Record<string, unknown>;

/** What Microsoft's schema, as its package ships it, says against a file. */
function objections(name: string, schema: string): unknown[] {
  const path = `node_modules/@microsoft/app-manifest/build/json-schemas/teams/v1.30/${schema}`;
  const ajv = new Ajv.default({ strict: false, allErrors: true, unicodeRegExp: false });
  addFormats.default(ajv);
  const valid = ajv.compile(JSON.parse(readFileSync(path, 'utf8')) as object);
  valid(json(name));
  return valid.errors ?? [];
}

test('the package holds the manifest, the English texts and two icons, and nothing else', () => {
  expect(Object.keys(files).sort()).toEqual(['color.png', 'en.json', 'manifest.json', 'outline.png']);
});

test('the manifest is valid by Microsoft’s schema', () => {
  expect(objections('manifest.json', 'MicrosoftTeams.schema.json')).toEqual([]);
});

test('so are the English texts, and they are of the same commands', () => {
  expect(objections('en.json', 'MicrosoftTeams.Localization.schema.json')).toEqual([]);
  const [bot] = json('manifest.json')['bots'] as { commandLists: { commands: object[] }[] }[];
  const { commands } = bot!.commandLists[0]!;
  expect(commands.length).toBeLessThanOrEqual(12);
  const titles = Object.keys(json('en.json')).filter((key) => key.endsWith('.title'));
  expect(titles).toHaveLength(commands.length);
});

test('the bot is in personal chats, teams and groups', () => {
  expect(json('manifest.json')['bots']).toMatchObject([
    { botId: APP_ID, scopes: ['personal', 'team', 'groupChat'], supportsFiles: true },
  ]);
});

test('the icons have the sizes that Teams asks for', () => {
  expect(imageSize(files['color.png']!)).toMatchObject({ type: 'png', width: 192, height: 192 });
  expect(imageSize(files['outline.png']!)).toMatchObject({ type: 'png', width: 32, height: 32 });
});

test('what is missing is named', () => {
  const { TEAMS_PRIVACY_URL, ...rest } = settings;
  expect(TEAMS_PRIVACY_URL).toBeDefined();
  expect(() => appPackage(readConfig(rest), '0.1.0')).toThrow(/TEAMS_PRIVACY_URL/);
});
