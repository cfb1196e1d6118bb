import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { isHttpUrl, origins } from './origins.ts';

function isReadable(path: string): boolean {
  try {
    return readFileSync(path).length > 0;
  } catch {
    return false;
  }
}

const guid = z.guid('must be an id of the form 8a1b2c3d-1111-2222-3333-444455556666');

const page = z
  .string()
  .refine(isHttpUrl, 'must be an http or https address, for example https://boutique.example/confidentialite')
  .optional();

/** The settings of Microsoft Teams. */
export const teamsSettings = {
  TEAMS_ENABLED: z.enum(['true', 'false']).default('false'),
  TEAMS_APP_ID: guid.optional(),
  TEAMS_APP_TYPE: z.enum(['SingleTenant', 'UserAssignedMSI', 'MultiTenant']).default('SingleTenant'),
  TEAMS_TENANT_ID: guid.optional(),
  TEAMS_APP_PASSWORD: z.string().optional(),
  TEAMS_CERTIFICATE_THUMBPRINT: z
    .string()
    .regex(/^[0-9A-Fa-f]{40}$/, 'must be the 40 hexadecimal digits of the certificate’s SHA-1 thumbprint')
    .optional(),
  TEAMS_CERTIFICATE_KEY_FILE: z
    .string()
    .refine(isReadable, 'must be a file that can be read, for example /run/secrets/teams-key.pem')
    .optional(),
  TEAMS_SERVICE_URLS: z
    .string()
    .default('https://smba.trafficmanager.net')
    .pipe(origins)
    .refine((list) => list.length > 0, 'must name at least one origin'),
  TEAMS_AGENTS_CHANNEL: z
    .string()
    .regex(/^19:[^\s;]+$/, 'must be the id of a channel, for example 19:abc123@thread.tacv2')
    .optional(),
  TEAMS_WEBSITE_URL: page,
  TEAMS_PRIVACY_URL: page,
  TEAMS_TERMS_URL: page,
} as const;

type Values = z.infer<z.ZodObject<typeof teamsSettings>> & { NODE_ENV: string };

/**
 * Credentials are whole before anything starts: with an empty app id the SDK turns authentication off and posts to
 * whatever address a caller names, and a type that it does not know it takes for MultiTenant.
 */
export function checkTeams(values: Values, context: Pick<z.RefinementCtx, 'addIssue'>): void {
  const wrong = (name: keyof typeof teamsSettings, message: string): void =>
    context.addIssue({ code: 'custom', path: [name], message });
  const { TEAMS_APP_TYPE: type, TEAMS_APP_PASSWORD: password } = values;
  if (values.TEAMS_APP_ID === undefined) {
    wrong(
      'TEAMS_APP_ID',
      'is missing; set it to the application id of the Azure bot, or set TEAMS_ENABLED=false',
    );
  }
  if (values.TEAMS_TENANT_ID === undefined && type !== 'MultiTenant') {
    wrong('TEAMS_TENANT_ID', `is missing, and ${type} needs it; set it, or set TEAMS_ENABLED=false`);
  }
  const certificate = [values.TEAMS_CERTIFICATE_THUMBPRINT, values.TEAMS_CERTIFICATE_KEY_FILE];
  const certified = certificate.every((part) => part !== undefined);
  if (type === 'UserAssignedMSI') {
    if (password !== undefined || certificate.some((part) => part !== undefined)) {
      wrong('TEAMS_APP_TYPE', 'needs no password and no certificate; remove them, or use SingleTenant');
    }
  } else if (certificate.some((part) => part !== undefined) && !certified) {
    wrong(
      values.TEAMS_CERTIFICATE_KEY_FILE === undefined
        ? 'TEAMS_CERTIFICATE_KEY_FILE'
        : 'TEAMS_CERTIFICATE_THUMBPRINT',
      'is missing; a certificate is its thumbprint and its key file',
    );
  } else if (!certified && !password?.trim()) {
    wrong(
      'TEAMS_APP_PASSWORD',
      'is missing; set it to a client secret of the application, or set a certificate',
    );
  } else if (certified && password !== undefined) {
    wrong('TEAMS_APP_PASSWORD', 'stands beside a certificate; keep one of the two');
  }
  if (
    values.NODE_ENV === 'production' &&
    values.TEAMS_SERVICE_URLS.some((url) => !url.startsWith('https:'))
  ) {
    wrong(
      'TEAMS_SERVICE_URLS',
      'must be https origins in production, for example https://smba.trafficmanager.net',
    );
  }
}
