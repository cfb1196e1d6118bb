import { readFileSync } from 'node:fs';
import type { Logger } from 'pino';
import type { Request, Server } from 'restify';
import { z } from 'zod';
import type { Now } from '../../bot/clock.ts';
import type { SupportHours } from '../../bot/supportHours.ts';
import { clockOrDay, fr } from '../../dialogs/french.ts';
import { bundle, serve } from '../bundle.ts';
import type { Origins } from '../directLine/origins.ts';
import { newGrant } from '../directLine/routes.ts';
import { TOKEN_LASTS, type Tokens } from '../directLine/tokens.ts';
import { type Handler, readBody, Refusal, route } from '../http.ts';

export interface WidgetParts {
  tokens: Tokens;
  origins: Origins;
  hours: SupportHours;
  now: Now;
  log: Logger;
  shopName: string;
}

const FOLDER = 'adapters/widget';
/** No inline script and no inline style, on our own page as on a strict shop's. */
const PAGE_CSP =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self' ws: wss:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

const TokenRequest = z.object({ resume: z.string().max(2000).optional() });

/** The demo shop, the widget's two scripts, its tokens and its state line. */
export async function widgetRoutes(server: Server, parts: WidgetParts): Promise<void> {
  const { tokens, origins, hours, now, log, shopName } = parts;

  serve(server, log, '/', 'text/html; charset=utf-8', readFileSync(`${FOLDER}/demo/index.html`), PAGE_CSP);
  serve(server, log, '/demo.css', 'text/css; charset=utf-8', readFileSync(`${FOLDER}/demo/demo.css`));
  serve(
    server,
    log,
    '/widget/guichet.js',
    'text/javascript; charset=utf-8',
    await bundle(`${FOLDER}/loader.ts`),
  );
  serve(
    server,
    log,
    '/widget/panel.js',
    'text/javascript; charset=utf-8',
    await bundle(`${FOLDER}/panel/main.tsx`),
  );

  /** For pages that may show the widget, and no others. */
  const fromPage =
    (handler: Handler): Handler =>
    async (request) => {
      const origin = request.header('origin');
      if (!origins.allowed(origin, request.header('host'))) {
        throw new Refusal(
          401,
          'Unauthorized',
          'This page may not show the widget; add its origin to ALLOWED_ORIGINS.',
        );
      }
      const headers = { ...origins.cors(origin), 'Cache-Control': 'no-store' };
      try {
        const answer = await handler(request);
        return { ...answer, headers: { ...answer.headers, ...headers } };
      } catch (error) {
        // A page of another origin must be able to read a refusal: that is how the widget learns to begin again.
        if (error instanceof Refusal) throw new Refusal(error.status, error.code, error.message, headers);
        throw error;
      }
    };

  route(
    server,
    log,
    'post',
    '/widget/token',
    fromPage(async (request: Request) => {
      const { resume } = readBody(request, TokenRequest);
      const grant = resume === undefined ? newGrant() : await tokens.read(resume, 'resume');
      return {
        body: {
          conversationId: grant.conversationId,
          userId: grant.userId,
          token: await tokens.conversation(grant),
          expires_in: TOKEN_LASTS,
          resume: await tokens.resume(grant),
        },
      };
    }),
  );
  route(
    server,
    log,
    'opts',
    '/widget/token',
    fromPage(() => ({ status: 204 })),
  );

  route(
    server,
    log,
    'get',
    '/widget/status',
    fromPage(() => {
      const open = hours.isOpen(now());
      const text = open
        ? fr`Support ouvert jusqu’à 18 h`
        : fr`Réouverture ${clockOrDay(hours.nextOpening(now()), now())}`;
      return { body: { open, text, name: fr`Assistant de ${shopName}` } };
    }),
  );
}
