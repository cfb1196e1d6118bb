import type { Logger } from 'pino';

/**
 * Runs a pass over what is due: every `everyMs` milliseconds, and at once when someone says so; never two at a time. A
 * pass that fails is logged and tried again at the next one.
 */
export class Loop {
  private readonly pass: () => Promise<unknown>;
  private readonly log: Logger;
  private readonly timer: NodeJS.Timeout;
  private running: Promise<void> | undefined;
  private again = false;
  private stopped = false;

  constructor(pass: () => Promise<unknown>, everyMs: number, log: Logger) {
    this.pass = pass;
    this.log = log;
    this.timer = setInterval(() => this.wake(), everyMs).unref();
  }

  /** Something may be due; what came while a pass was running gets a pass of its own. */
  wake(): void {
    if (this.stopped) return;
    if (this.running) {
      this.again = true;
      return;
    }
    this.running = this.run().finally(() => (this.running = undefined));
  }

  /** Resolves when the pass under way has ended; none begins after. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearInterval(this.timer);
    await this.running;
  }

  private async run(): Promise<void> {
    do {
      this.again = false;
      try {
        await this.pass();
      } catch (error) {
        this.log.error({ err: error }, 'a pass failed; it is tried again');
        return;
      }
    } while (this.again && !this.stopped);
  }
}
