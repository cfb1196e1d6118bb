import { type ChildProcess, spawn } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { INTENTS_FOLDER } from '../../bot/createBot.ts';
import { ensureModel } from '../../knowledge/modelFile.ts';
import { freePort } from '../freePort.ts';
import { MODEL_FOLDER } from '../modelFolder.ts';

export const SECRET = 'direct-line-secret-of-the-faults';
export const API_TOKEN = 'api-token-of-the-faults';

/** Node's flags in `npm start`. */
const START = ['--max-semi-space-size=8'];

/** How a process ended. */
export interface End {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/** The product in a process of its own, started as its users start it, on a port and a folder that stay the same over restarts. */
export class Guichet {
  readonly url: string;
  readonly port: number;
  readonly folder: string;
  /** What the last process wrote, its log included. */
  output = '';
  private child: ChildProcess | undefined;
  private ended: Promise<End> | undefined;
  private readonly settings: Record<string, string>;
  private readonly preload: string | undefined;

  private constructor(port: number, folder: string, options: GuichetOptions) {
    this.port = port;
    this.url = `http://127.0.0.1:${port}`;
    this.folder = folder;
    this.settings = options.settings ?? {};
    this.preload = options.preload;
  }

  /** A process to be, not yet started. */
  static async at(options: GuichetOptions = {}): Promise<Guichet> {
    const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'guichet-faults-'));
    mkdirSync(folder, { recursive: true });
    // The trained model of the tests, so that no process trains its own.
    const { file } = ensureModel({ intents: INTENTS_FOLDER, cacheDir: MODEL_FOLDER });
    copyFileSync(file, join(folder, basename(file)));
    return new Guichet(await freePort(), folder, options);
  }

  static async start(options: GuichetOptions = {}): Promise<Guichet> {
    const guichet = await Guichet.at(options);
    await guichet.up();
    return guichet;
  }

  get pid(): number {
    return this.child!.pid!;
  }

  /** Starts a process. @returns after how many milliseconds it was ready to take messages */
  async up(): Promise<number> {
    const began = performance.now();
    this.output = '';
    const child = spawn(
      process.execPath,
      [...START, ...(this.preload === undefined ? [] : ['--import', this.preload]), 'bot/main.ts'],
      {
        env: {
          PATH: process.env['PATH'],
          PORT: String(this.port),
          DATA_DIR: this.folder,
          DIRECT_LINE_SECRET: SECRET,
          API_TOKEN,
          GUICHET_NOW: '2026-03-18T14:30:00+01:00',
          LOG_LEVEL: 'error',
          // All clients of a test come from one address.
          MESSAGES_PER_CONVERSATION: '1000000',
          MESSAGES_PER_ADDRESS: '10000000',
          CONVERSATIONS_PER_ADDRESS: '1000000',
          SOCKETS_PER_ADDRESS: '100000',
          ...this.settings,
        },
        stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      },
    );
    this.child = child;
    for (const pipe of [child.stdout!, child.stderr!])
      pipe.on('data', (data: Buffer) => (this.output += data.toString()));
    let end: End | undefined;
    this.ended = new Promise((resolve) =>
      child.once('exit', (code, signal) => resolve((end = { code, signal }))),
    );
    while (!(await this.isReady())) {
      if (end) throw new Error(`The process ended with ${end.code ?? end.signal}: ${this.output}`);
      await pause(10);
    }
    return performance.now() - began;
  }

  async isReady(): Promise<boolean> {
    try {
      const response = await fetch(`${this.url}/readyz`);
      await response.body?.cancel();
      return response.ok;
    } catch {
      return false;
    }
  }

  /** Sends a signal; the end comes by `gone`. */
  signal(signal: NodeJS.Signals): void {
    this.child!.kill(signal);
  }

  /** Hands a message to what was preloaded. */
  tell(message: object): Promise<void> {
    return new Promise((resolve) => {
      this.child!.once('message', () => resolve());
      this.child!.send(message);
    });
  }

  /** Resolves when the process has ended, however that came. */
  gone(): Promise<End> {
    return this.ended!;
  }

  /** Ends it as an operator does. */
  async stop(): Promise<void> {
    this.child?.kill('SIGTERM');
    await this.ended;
  }

  async kill(): Promise<void> {
    this.child?.kill('SIGKILL');
    await this.ended;
  }
}

export interface GuichetOptions {
  /** Settings beside those of every fault test. */
  settings?: Record<string, string>;
  /** The folder of the database; a new one when absent. */
  folder?: string;
  /** A module that the process loads before its own. */
  preload?: string;
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
