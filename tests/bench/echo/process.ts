import { type ChildProcess, spawn } from 'node:child_process';

/** A server of the bench in a process of its own; it says its port when it listens. */
export class EchoProcess {
  readonly url: string;
  private readonly child: ChildProcess;

  private constructor(child: ChildProcess, url: string) {
    this.child = child;
    this.url = url;
  }

  static start(file: string, ...argv: string[]): Promise<EchoProcess> {
    const child = spawn(process.execPath, [file, ...argv], { stdio: ['ignore', 'pipe', 'inherit'] });
    return new Promise((resolve, reject) => {
      child.once('exit', (code) => reject(new Error(`${file} ended with ${code}`)));
      child.stdout.on('data', (data: Buffer) => {
        const port = /listening (\d+)/.exec(data.toString())?.[1];
        if (port !== undefined) resolve(new EchoProcess(child, `http://127.0.0.1:${port}`));
      });
    });
  }

  async stop(): Promise<void> {
    const gone = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.kill('SIGKILL');
    await gone;
  }
}
