/// <reference lib="dom" />
import type { Failure, Outgoing } from './wire.ts';

const GIVE_UP_MS = 15_000;
/** A picture takes its time on a phone's network. */
const GIVE_UP_FILES_MS = 90_000;
/** However late it is, a message gets one honest try. */
const SHORTEST_TRY_MS = 3_000;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 4_000;

export interface DeliveryParts {
  /** Sends the message once; `patience` in milliseconds. */
  post(message: Outgoing, patience: number): Promise<Response>;
  /** A message's fate; without a failure it was acknowledged. */
  done(key: string, failure?: Failure): void;
}

/**
 * Sends each message until the server acknowledges it, always under the same key, so that however often it arrives it is
 * stored once. One after the other, so that none overtakes the one before.
 */
export class Delivery {
  private readonly parts: DeliveryParts;
  private outgoing: Promise<void> = Promise.resolve();
  private stopped = false;

  constructor(parts: DeliveryParts) {
    this.parts = parts;
  }

  send(message: Outgoing): void {
    const deadline = Date.now() + (message.files.length > 0 ? GIVE_UP_FILES_MS : GIVE_UP_MS);
    this.outgoing = this.outgoing.then(async () => {
      const failure = await this.deliver(message, deadline);
      if (!this.stopped) this.parts.done(message.key, failure);
    });
  }

  /** What has not arrived yet stays with whoever kept it. */
  stop(): void {
    this.stopped = true;
  }

  private async deliver(message: Outgoing, deadline: number): Promise<Failure | undefined> {
    let failure: Failure = 'unreachable';
    for (let pause = FIRST_PAUSE_MS; !this.stopped; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
      let wait = pause;
      try {
        const response = await this.parts.post(message, Math.max(SHORTEST_TRY_MS, deadline - Date.now()));
        if (response.ok) return undefined;
        failure = failureOf(response.status);
        if (failure !== 'unreachable' && failure !== 'tooMany') return failure;
        wait = Math.max(pause, Number(response.headers.get('Retry-After') ?? 0) * 1000);
      } catch {
        // No network: the same as a server that could not store it.
        failure = 'unreachable';
      }
      if (Date.now() + wait > deadline) break;
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
    return failure;
  }
}

/** A token that was refused is replaced on the next try, so it counts as nobody having answered. */
function failureOf(status: number): Failure {
  if (status >= 500 || status === 401 || status === 403) return 'unreachable';
  if (status === 429) return 'tooMany';
  if (status === 413) return 'tooBig';
  return status === 415 ? 'wrongType' : 'refused';
}
