import type { Now } from '../bot/clock.ts';
import type { Config } from '../bot/config.ts';
import type { Store } from '../bot/store.ts';
import { chatwootTarget } from './chatwoot.ts';
import type { TargetFetch } from './targetFetch.ts';
import type { Target } from './targets.ts';
import { zendeskTarget } from './zendesk.ts';

/** The targets that the settings name; none by default. What sends is loaded for them alone. */
export async function configuredTargets(
  config: Config,
  parts: { store: Store; now: Now },
): Promise<Target[]> {
  const targets: Target[] = [];
  if (config.SMTP_URL !== undefined) {
    const { emailTargets } = await import('./email.ts');
    targets.push(
      ...emailTargets(
        {
          smtpUrl: config.SMTP_URL,
          from: config.EMAIL_FROM,
          shopName: config.SHOP_NAME,
          ...(config.SUPPORT_EMAIL !== undefined && { support: config.SUPPORT_EMAIL }),
          ...(config.PUBLIC_URL !== undefined && { consoleUrl: new URL('/console', config.PUBLIC_URL).href }),
        },
        parts.store,
      ),
    );
  }
  if (config.WEBHOOK_URL ?? config.CHATWOOT_URL ?? config.ZENDESK_URL) {
    const { targetFetch } = await import('./targetFetch.ts');
    targets.push(...(await webTargets(config, parts, targetFetch(config.PRIVATE_TARGETS))));
  }
  return targets;
}

async function webTargets(
  config: Config,
  parts: { store: Store; now: Now },
  fetch: TargetFetch,
): Promise<Target[]> {
  const targets: Target[] = [];
  if (config.WEBHOOK_URL !== undefined && config.WEBHOOK_SECRET !== undefined) {
    const { webhookTarget } = await import('./webhook.ts');
    targets.push(webhookTarget({ url: config.WEBHOOK_URL, secret: config.WEBHOOK_SECRET, fetch }, parts));
  }
  const { CHATWOOT_URL, CHATWOOT_ACCOUNT_ID, CHATWOOT_INBOX_ID, CHATWOOT_TOKEN } = config;
  if (CHATWOOT_URL && CHATWOOT_ACCOUNT_ID && CHATWOOT_INBOX_ID && CHATWOOT_TOKEN) {
    targets.push(
      chatwootTarget(
        {
          url: CHATWOOT_URL.replace(/\/$/, ''),
          accountId: CHATWOOT_ACCOUNT_ID,
          inboxId: CHATWOOT_INBOX_ID,
          token: CHATWOOT_TOKEN,
          fetch,
        },
        parts.store,
      ),
    );
  }
  const { ZENDESK_URL, ZENDESK_EMAIL, ZENDESK_TOKEN } = config;
  if (ZENDESK_URL && ZENDESK_EMAIL && ZENDESK_TOKEN) {
    targets.push(
      zendeskTarget(
        { url: ZENDESK_URL.replace(/\/$/, ''), email: ZENDESK_EMAIL, token: ZENDESK_TOKEN, fetch },
        parts.store,
      ),
    );
  }
  return targets;
}
