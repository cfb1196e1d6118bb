import { type DestinationStream, type Logger, pino } from 'pino';
import type { Config } from './config.ts';

/**
 * The process's log, as lines of JSON. A line about a turn carries `conversationId` and `turnId`; no line carries what
 * people said.
 * @param to where it is written; standard output when not given
 */
export function createLog(level: Config['LOG_LEVEL'], to?: DestinationStream): Logger {
  return pino({ level, base: null, serializers: { err: describe } }, to);
}

/**
 * An error without what it may quote: databases name the values of the row that they refuse in fields beside the message,
 * and JSON.parse repeats the text that it could not read.
 */
function describe(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { message: `thrown without an error: ${typeof error}` };
  const stack = error.stack ?? error.message;
  const frames = stack.slice(stack.indexOf(error.message) + error.message.length);
  return {
    type: error.name,
    message: error instanceof SyntaxError ? 'a text could not be read' : error.message,
    ...('code' in error && { code: error.code }),
    stack: frames.trimStart(),
    ...(error.cause !== undefined && { cause: describe(error.cause) }),
  };
}
