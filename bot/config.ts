import { existsSync, readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { z } from 'zod';
// Not by way of entities.ts: what is loaded before the compiled code is at hand is compiled at each start.
import { DEFAULT_ORDER_NUMBER } from '../knowledge/entities/orderNumbers.ts';
import { hosts, origins } from './config/origins.ts';
import { checkTeams, teamsSettings } from './config/teams.ts';
import {
  carriers,
  clock,
  email,
  idNumber,
  most,
  pattern,
  postgresUrl,
  secret,
  sender,
  smtpUrl,
  url,
  webhookSecret,
} from './config/values.ts';

/** Several wrong settings at once, each with what is wrong and an example; `main` prints it and exits 1. */
export class ConfigError extends Error {
  constructor(mistakes: readonly string[]) {
    super(
      `The configuration has ${mistakes.length === 1 ? 'a mistake' : `${mistakes.length} mistakes`}:\n` +
        mistakes.map((mistake) => `  - ${mistake}`).join('\n') +
        '\nSet them in the environment or in .env; .env.example describes every setting.',
    );
    this.name = 'ConfigError';
  }
}

/** Settings that are of use together with others alone: the first one of each needs the rest. */
const TOGETHER = [
  ['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET', 'PUBLIC_URL'],
  ['WEBHOOK_URL', 'WEBHOOK_SECRET'],
  ['CHATWOOT_URL', 'CHATWOOT_ACCOUNT_ID', 'CHATWOOT_INBOX_ID', 'CHATWOOT_TOKEN'],
  ['ZENDESK_URL', 'ZENDESK_EMAIL', 'ZENDESK_TOKEN'],
  ['TEAMS_AGENTS_CHANNEL', 'PUBLIC_URL'],
] as const;

/** Every setting, its default and what makes it wrong. `.env.example` describes them; a test keeps the two in step. */
export const settings = {
  NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
  PORT: z.coerce
    .number('must be a number, for example 3978')
    .int('must be a whole number, for example 3978')
    .min(0, 'must be between 0 and 65535, for example 3978')
    .max(65_535, 'must be between 0 and 65535, for example 3978')
    .default(3978),
  HOST: z.string().min(1, 'must be an address to listen on, for example 127.0.0.1').default('127.0.0.1'),
  DATA_DIR: z.string().min(1, 'must be a folder, for example data').default('data'),
  MODEL_DIR: z.string().min(1, 'must be a folder, for example model').optional(),
  DATABASE_URL: postgresUrl.optional(),
  PUBLIC_URL: url.optional(),
  ALLOWED_ORIGINS: z.string().default('').pipe(origins),
  DIRECT_LINE_SECRET: secret,
  IDENTITY_SECRET: secret,
  TRUSTED_PROXIES: z.coerce
    .number('must be a number, for example 1')
    .int('must be a whole number, for example 1')
    .min(0, 'must be 0 or more, for example 1')
    .default(0),
  MESSAGES_PER_CONVERSATION: most(40),
  MESSAGES_PER_ADDRESS: most(400),
  CONVERSATIONS_PER_ADDRESS: most(60),
  SOCKETS_PER_ADDRESS: most(200),
  API_TOKEN: secret,
  METRICS_TOKEN: secret,
  OTEL_EXPORTER_OTLP_ENDPOINT: url.optional(),
  AGENT_EMAIL: email.default('agent@guichet.local'),
  ANSWER_WITHIN_HOURS: z.coerce
    .number('must be a number of hours, for example 8')
    .positive('must be more than 0, for example 8')
    .max(90, 'must be at most 90, for example 8')
    .default(8),
  OIDC_ISSUER: url.optional(),
  OIDC_CLIENT_ID: z.string().optional(),
  OIDC_CLIENT_SECRET: z.string().optional(),
  SMTP_URL: smtpUrl.optional(),
  EMAIL_FROM: sender.default('Support <support@guichet.local>'),
  SUPPORT_EMAIL: email.optional(),
  WEBHOOK_URL: url.optional(),
  WEBHOOK_SECRET: webhookSecret,
  INBOUND_EMAIL_SECRET: webhookSecret,
  CHATWOOT_URL: url.optional(),
  CHATWOOT_ACCOUNT_ID: idNumber,
  CHATWOOT_INBOX_ID: idNumber,
  CHATWOOT_TOKEN: z.string().optional(),
  ZENDESK_URL: url.optional(),
  ZENDESK_EMAIL: email.optional(),
  ZENDESK_TOKEN: z.string().optional(),
  PRIVATE_TARGETS: z.string().default('').pipe(hosts),
  ...teamsSettings,
  SHOP_NAME: z
    .string()
    .min(1, 'must be the name of the shop, for example Boutique Exemple')
    .default('la boutique'),
  ORDER_NUMBER_PATTERN: pattern.default(DEFAULT_ORDER_NUMBER),
  CARRIER_FORMATS: carriers,
  SUPPORT_HOLIDAYS: z.enum(['france', 'alsace-moselle']).default('france'),
  RETURNS_URL: url.optional(),
  KEEP_CHATS_DAYS: most(30),
  KEEP_TICKETS_MONTHS: most(6),
  KEEP_UPLOADS_DAYS: most(90),
  KEEP_AUDIT_MONTHS: most(12),
  PRIVACY_URL: url.optional(),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  GUICHET_NOW: clock,
} as const;

const Settings = z.object(settings).superRefine((values, context) => {
  for (const [first, ...rest] of TOGETHER) {
    if (values[first] === undefined) continue;
    for (const name of rest.filter((other) => values[other] === undefined)) {
      context.addIssue({
        code: 'custom',
        path: [name],
        message: `is missing, and ${first} needs it; set it, or remove ${first}`,
      });
    }
  }
  if (values.TEAMS_ENABLED === 'true') checkTeams(values, context);
  if (values.NODE_ENV === 'production' && values.GUICHET_NOW) {
    context.addIssue({
      code: 'custom',
      path: ['GUICHET_NOW'],
      message:
        'sets a simulated clock, which production must not have; remove it, or set NODE_ENV=development',
    });
  }
});

export type Config = z.infer<typeof Settings>;

/**
 * Reads the settings from an environment.
 * @throws ConfigError that lists every wrong variable at once.
 */
export function readConfig(env: Record<string, string | undefined>): Config {
  // An empty variable is an absent one: that is how .env files and containers leave a setting out.
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const read = Settings.safeParse(given);
  if (read.success) return read.data;
  throw new ConfigError(
    read.error.issues.map((issue) => {
      const name = String(issue.path[0]);
      const message =
        issue.code === 'invalid_value' ? `must be one of ${issue.values.join(', ')}` : issue.message;
      return `${name} ${message} (it is ${describe(name, given[name])})`;
    }),
  );
}

/** The process's environment, completed by the file .env where there is one. The only reader of process.env. */
export function readEnvironment(): Record<string, string | undefined> {
  const file = existsSync('.env') ? parseEnv(readFileSync('.env', 'utf8')) : {};
  return { ...file, ...process.env };
}

/** The value as given, but for secrets. */
function describe(name: string, value: string | undefined): string {
  if (value === undefined) return 'not set';
  return /SECRET|TOKEN|PASSWORD|SMTP_URL|DATABASE_URL/.test(name)
    ? `${value.length} characters long`
    : JSON.stringify(value.slice(0, 80));
}
