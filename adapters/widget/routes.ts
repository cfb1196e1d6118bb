import { readFileSync } from 'node:fs';
import type { Logger } from 'pino';
import type { Request, Server } from 'restify';
import { z } from 'zod';
import type { Now } from '../../bot/clock.ts';
import type { Notice } from '../../bot/notice.ts';
import { agentsPresent } from '../../bot/presence.ts';
import type { Store } from '../../bot/store.ts';
import type { SupportHours } from '../../bot/supportHours.ts';
import { clock, fr, nextTime } from '../../dialogs/french.ts';
import { bundle, serve } from '../bundle.ts';
import { type Access, newGrant } from '../directLine/access.ts';
import { readIdentity } from '../directLine/identity.ts';
import type { Limits } from '../directLine/limits.ts';
import { type Grant, TOKEN_LASTS, type Tokens } from '../directLine/tokens.ts';
import { addressOf, readBody, route } from '../http.ts';

export interface WidgetParts {
  store: Pick<Store, 'desk'>;
  tokens: Tokens;
  access: Access;
  limits: Limits;
  hours: SupportHours;
  now: Now;
  log: Logger;
  shopName: string;
  notice: Notice;
  /** Where the bundled scripts are kept. */
  dataFolder: string;
  trustedProxies: number;
  /** IDENTITY_SECRET; without it nobody can be identified. */
  identitySecret?: string;
}

const FOLDER = 'adapters/widget';
/** No inline script and no inline style, on our own page as on a strict shop's. */
const PAGE_CSP =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self' ws: wss:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

const TokenRequest = z.object({
  resume: z.string().max(2000).optional(),
  identity: z.string().max(4000).optional(),
});

/** The demo shop, the widget's two scripts, its tokens and its state line. */
export async function widgetRoutes(server: Server, parts: WidgetParts): Promise<void> {
  const { store, tokens, access, limits, hours, now, log, shopName, notice } = parts;

  serve(server, log, '/', 'text/html; charset=utf-8', readFileSync(`${FOLDER}/demo/index.html`), {
    'Content-Security-Policy': PAGE_CSP,
  });
  serve(server, log, '/demo.css', 'text/css; charset=utf-8', readFileSync(`${FOLDER}/demo/demo.css`));
  serve(
    server,
    log,
    '/widget/guichet.js',
    'text/javascript; charset=utf-8',
    await bundle(`${FOLDER}/loader.ts`, parts.dataFolder),
  );
  serve(
    server,
    log,
    '/widget/panel.js',
    'text/javascript; charset=utf-8',
    await bundle(`${FOLDER}/panel/main.tsx`, parts.dataFolder, 'esm'),
    // Modules of another origin are read under CORS; there is nothing secret in this one.
    { 'Access-Control-Allow-Origin': '*' },
  );

  /** The kept conversation, unless it is another customer's; the shop's word on who it is counts from now on. */
  const grantFor = async (resume: string | undefined, identity: string | undefined): Promise<Grant> => {
    const customer =
      identity === undefined ? undefined : await readIdentity(identity, parts.identitySecret, now);
    const kept = resume === undefined ? undefined : await tokens.read(resume, 'resume');
    if (kept && (!kept.customer || !customer || kept.customer.id === customer.id)) {
      return customer ? { ...kept, customer } : kept;
    }
    return { ...newGrant(), ...(customer && { customer }) };
  };

  route(
    server,
    log,
    'post',
    '/widget/token',
    access.forPages(async (request: Request) => {
      const { resume, identity } = readBody(request, TokenRequest);
      if (resume === undefined) await limits.conversation(addressOf(request, parts.trustedProxies));
      const grant = await grantFor(resume, identity);
      return {
        body: {
          conversationId: grant.conversationId,
          userId: grant.userId,
          token: await tokens.conversation(grant),
          expires_in: TOKEN_LASTS,
          resume: await tokens.resume(grant),
          notice: notice.version,
        },
      };
    }),
  );
  route(
    server,
    log,
    'opts',
    '/widget/token',
    access.forPages(() => ({ status: 204 })),
  );

  route(
    server,
    log,
    'get',
    '/widget/status',
    access.forPages(async () => {
      const open = hours.isOpen(now());
      const there = open && (await agentsPresent(store, now())) > 0;
      const text = there
        ? 'Conseillers disponibles'
        : open
          ? fr`Ouvert jusqu’à ${clock(hours.closing(now()))}`
          : fr`Réouverture ${nextTime(hours.nextOpening(now()), now())}`;
      return { body: { open, text, shop: shopName, notice } };
    }),
  );
}
