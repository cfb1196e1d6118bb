import { zipSync } from 'fflate';
import type { Config } from '../../bot/config.ts';
import { colourIcon, outlineIcon } from './icons.ts';

const MANIFEST_VERSION = '1.30';
const SCHEMAS = 'https://developer.microsoft.com/json-schemas/teams';

/** At most twelve; what each says works as a command everywhere (bot/commands.ts). */
const COMMANDS = [
  { fr: ['Menu', 'Les sujets que je sais traiter'], en: ['Menu', 'What I can help with'] },
  { fr: ['Aide', 'Ce que vous pouvez m’écrire'], en: ['Help', 'What you can write to me'] },
  {
    fr: ['Où en est mon ticket ?', 'L’état de vos demandes'],
    en: ['Où en est mon ticket ?', 'The state of your requests'],
  },
  {
    fr: ['Parler à un humain', 'Un conseiller, ou un ticket'],
    en: ['Parler à un humain', 'An agent, or a ticket'],
  },
  {
    fr: ['Stop notifications', 'Je n’écris plus de moi-même'],
    en: ['Stop notifications', 'I no longer write by myself'],
  },
] as const;

/** What the settings lack for a package, by name. */
export class PackageError extends Error {}

/**
 * The app package that an administrator uploads to Teams: manifest, icons, the English texts, as a zip.
 * @throws PackageError when a setting is missing that Teams asks of every app
 */
export function appPackage(config: Config, version: string): Buffer {
  const json = (value: unknown): Buffer => Buffer.from(`${JSON.stringify(value, null, 2)}\n`);
  return Buffer.from(
    zipSync({
      'manifest.json': json(manifest(config, version)),
      'en.json': json(english(config)),
      'color.png': colourIcon(),
      'outline.png': outlineIcon(),
    }),
  );
}

/** The manifest, as its schema asks for it. */
function manifest(config: Config, version: string): Record<string, unknown> {
  const { TEAMS_APP_ID, TEAMS_WEBSITE_URL, TEAMS_PRIVACY_URL, TEAMS_TERMS_URL, PUBLIC_URL } = config;
  const needed = { TEAMS_APP_ID, TEAMS_WEBSITE_URL, TEAMS_PRIVACY_URL, TEAMS_TERMS_URL, PUBLIC_URL };
  const missing = Object.entries(needed).flatMap(([name, value]) => (value === undefined ? [name] : []));
  if (missing.length > 0)
    throw new PackageError(
      `Teams asks for these settings in each app: ${missing.join(', ')}; set them in .env.`,
    );
  const scopes = ['personal', 'team', 'groupChat'];
  return {
    $schema: `${SCHEMAS}/v${MANIFEST_VERSION}/MicrosoftTeams.schema.json`,
    manifestVersion: MANIFEST_VERSION,
    version,
    id: TEAMS_APP_ID,
    developer: {
      name: config.SHOP_NAME.slice(0, 32),
      websiteUrl: TEAMS_WEBSITE_URL,
      privacyUrl: TEAMS_PRIVACY_URL,
      termsOfUseUrl: TEAMS_TERMS_URL,
    },
    name: { short: 'Guichet', full: `Guichet, le support de ${config.SHOP_NAME}`.slice(0, 100) },
    description: {
      short: 'L’assistant du support technique.',
      full: `L’assistant automatique du support de ${config.SHOP_NAME} : il conseille, prend les détails utiles et transmet à un conseiller.`,
    },
    icons: { color: 'color.png', outline: 'outline.png' },
    accentColor: '#3448C5',
    localizationInfo: {
      defaultLanguageTag: 'fr',
      additionalLanguages: [{ languageTag: 'en', file: 'en.json' }],
    },
    defaultInstallScope: 'personal',
    defaultGroupCapability: { team: 'bot', groupchat: 'bot' },
    bots: [
      {
        botId: TEAMS_APP_ID,
        scopes,
        supportsFiles: true,
        isNotificationOnly: false,
        commandLists: [
          { scopes, commands: COMMANDS.map(({ fr: [title, description] }) => ({ title, description })) },
        ],
      },
    ],
    validDomains: [new URL(PUBLIC_URL!).hostname],
  };
}

/** The texts in English; the bot itself speaks French. */
function english(config: Config): Record<string, string> {
  const commands = COMMANDS.flatMap(({ en: [title, description] }, i) => [
    [`bots[0].commandLists[0].commands[${i}].title`, title],
    [`bots[0].commandLists[0].commands[${i}].description`, description],
  ]);
  return {
    $schema: `${SCHEMAS}/v${MANIFEST_VERSION}/MicrosoftTeams.Localization.schema.json`,
    'name.short': 'Guichet',
    'name.full': `Guichet, the support of ${config.SHOP_NAME}`.slice(0, 100),
    'description.short': 'The technical support’s assistant (in French).',
    'description.full': `The automatic assistant of the support of ${config.SHOP_NAME}: it advises, asks for what is needed and hands over to an agent. It speaks French.`,
    ...(Object.fromEntries(commands) as Record<string, string>),
  };
}
