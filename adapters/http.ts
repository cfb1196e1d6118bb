import { timingSafeEqual, createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Logger } from 'pino';
import restify, { type Request, type Response, type Server } from 'restify';
import { z } from 'zod';
import { turnOf } from '../bot/turn.ts';

/** A request that is answered with an error: what is wrong, and what to do. Expected, so not logged as a fault. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: string;
  readonly headers: Record<string, string>;

  constructor(status: number, code: string, message: string, headers: Record<string, string> = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.headers = headers;
  }
}

export interface Answer {
  status?: number;
  body?: unknown;
  headers?: Record<string, string>;
}

/** Answers one request; throws a Refusal for what is expected to go wrong. */
export type Handler = (request: Request) => Promise<Answer> | Answer;

type JsonBodyParserOptions = NonNullable<Parameters<typeof restify.plugins.jsonBodyParser>[0]>;

const MAX_BODY_BYTES = 256 * 1024;
const MAX_DEPTH = 32;

/**
 * A restify server that reads JSON bodies (256 kB, 32 levels) and never tells a caller how something failed inside.
 * @param publicUrl how browsers reach it; by https they are told to use nothing else for a year
 */
export function createHttpServer(log: Logger, publicUrl?: string): Server {
  const server = restify.createServer({ name: 'guichet', ignoreTrailingSlash: true });
  // Whoever sends a header by drops holds no connection for long; a picture over a slow network has its time.
  server.server.headersTimeout = 20_000;
  server.server.requestTimeout = 180_000;
  server.pre((_request: Request, response: Response, next: () => void) => {
    response.setHeader('X-Content-Type-Options', 'nosniff');
    response.setHeader('Referrer-Policy', 'no-referrer');
    if (publicUrl?.startsWith('https:')) response.setHeader('Strict-Transport-Security', 'max-age=31536000');
    return next();
  });
  server.pre((request: Request, response: Response, next: (go?: boolean) => void) => {
    // The parser bounds what is sent, not what it unpacks to: 256 kB of gzip may hold 256 MB.
    if (request.header('content-encoding') === undefined) return next();
    sendError(response, 415, 'NotSupported', 'Send the body as it is, without Content-Encoding.');
    return next(false);
  });
  server.use(restify.plugins.queryParser({ mapParams: false }));
  const body: JsonBodyParserOptions & { maxBodySize: number } = {
    maxBodySize: MAX_BODY_BYTES,
    mapParams: false,
  };
  server.use(restify.plugins.jsonBodyParser(body));
  server.on(
    'restifyError',
    (_request, response: Response, error: Error & { statusCode?: number }, done: () => void) => {
      const status = error.statusCode ?? 500;
      if (status >= 500) log.error({ err: error }, 'a request failed');
      sendError(
        response,
        status < 500 ? status : 500,
        CODES[status] ?? error.name.replace(/Error$/, ''),
        status < 500 ? withoutBody(error.message) : INTERNAL,
      );
      return done();
    },
  );
  return server;
}

/** What restify refuses by itself, by the names that our own refusals have. */
const CODES: Record<number, string> = {
  400: 'BadArgument',
  404: 'NotFound',
  413: 'MessageSizeTooBig',
  415: 'NotSupported',
};
const INTERNAL = 'Something failed on our side; try again.';

/** A parser's message may quote the body; what was said is nobody's business in an error. */
function withoutBody(message: string): string {
  return message.startsWith('Invalid JSON') ? 'The body is not valid JSON.' : message;
}

/** Registers a route; the handler's answer or Refusal becomes the response. */
export function route(
  server: Server,
  log: Logger,
  method: 'get' | 'post' | 'del' | 'opts',
  path: string,
  handler: Handler,
): void {
  server[method](path, async (request: Request, response: Response) => {
    try {
      const { status = 200, body, headers = {} } = await handler(request);
      for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
      if (body === undefined) response.send(status);
      else if (typeof body === 'string' || Buffer.isBuffer(body)) response.sendRaw(status, body, headers);
      else response.send(status, body);
    } catch (error) {
      if (error instanceof Refusal) {
        for (const [name, value] of Object.entries(error.headers)) response.setHeader(name, value);
        return sendError(response, error.status, error.code, error.message);
      }
      // What was not expected is most often a store that cannot write: nothing was kept, so it may be sent again.
      log.error({ ...turnOf(error), err: error, route: path }, 'a request failed');
      response.setHeader('Retry-After', '2');
      sendError(
        response,
        503,
        'ServiceUnavailable',
        'This could not be stored; send it again in a few seconds.',
      );
    }
  });
}

function sendError(response: Response, status: number, code: string, message: string): void {
  response.send(status, { error: { code, message } });
}

/**
 * The JSON body in the shape that the route takes.
 * @throws Refusal 400 for a body that is not JSON, too deep, or of another shape.
 */
export function readBody<T>(request: Request, shape: z.ZodType<T>): T {
  const body: unknown = request.body ?? {};
  if (typeof body === 'string' || Buffer.isBuffer(body)) {
    throw new Refusal(400, 'BadArgument', 'Send JSON, with the header Content-Type: application/json.');
  }
  return readShape(body, shape);
}

/** @throws Refusal 400 for a value of another shape. */
export function readShape<T>(value: unknown, shape: z.ZodType<T>): T {
  if (deeperThan(value, MAX_DEPTH))
    throw new Refusal(400, 'BadArgument', `The body is nested deeper than ${MAX_DEPTH} levels.`);
  const read = shape.safeParse(value);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw new Refusal(400, 'BadArgument', `${issue!.path.join('.') || 'body'}: ${issue!.message}`);
}

function deeperThan(value: unknown, levels: number): boolean {
  // Level by level, so that depth cannot exhaust the stack.
  let layer = [value];
  for (let depth = 0; layer.length > 0; depth += 1) {
    if (depth > levels) return true;
    layer = layer.flatMap((inner): unknown[] =>
      inner !== null && typeof inner === 'object' ? Object.values(inner) : [],
    );
  }
  return false;
}

/**
 * The address that a request comes from. Proxies of our own write the one they saw at the end of X-Forwarded-For; whatever
 * stands before that the sender may have made up.
 */
export function addressOf(
  request: Pick<IncomingMessage, 'headers' | 'socket'>,
  trustedProxies: number,
): string {
  const forwarded = request.headers['x-forwarded-for'];
  const hops = (Array.isArray(forwarded) ? forwarded.join(',') : (forwarded ?? '')).split(',');
  const told = trustedProxies > 0 ? hops.at(-trustedProxies)?.trim() : undefined;
  return told || (request.socket.remoteAddress ?? 'unknown');
}

/** The token of `Authorization: Bearer …`. */
export function bearer(request: Request): string | undefined {
  return /^Bearer\s+(\S+)$/i.exec(request.header('authorization') ?? '')?.[1];
}

/** Compares secrets in a time that tells nothing of where they differ. */
export function sameSecret(given: string | undefined, expected: string | undefined): boolean {
  if (given === undefined || expected === undefined) return false;
  // The length is no secret, and tells a token, which is what nearly every request carries.
  if (given.length !== expected.length) return false;
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
