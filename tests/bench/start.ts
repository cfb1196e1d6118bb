import { readFileSync } from 'node:fs';
import { Guichet, pause } from '../faults/guichet.ts';
import { EchoProcess } from './echo/process.ts';
import { percentile } from './load.ts';
import { figure, type Row } from './row.ts';

/** Milliseconds after which nothing of a start is under way any more. */
const AT_REST = 2_000;

export const start: Row = {
  name: 'start',
  title: 'Start and memory at rest',
  run: async (short) => {
    const starts = short ? 3 : 7;
    const guichet = await Guichet.at();
    // The first one bundles browser code and compiles; both are kept, as the trained model is.
    const first = await guichet.up();
    await guichet.stop();
    const took: number[] = [];
    for (let i = 0; i < starts; i += 1) {
      took.push(await guichet.up());
      if (i < starts - 1) await guichet.stop();
    }
    await pause(AT_REST);
    const megabytes = residentMegabytes(guichet.pid);
    await guichet.stop();
    const echo: number[] = [];
    for (let i = 0; i < starts; i += 1) {
      const began = performance.now();
      const bare = await EchoProcess.start('tests/bench/echo/inProcess.ts');
      echo.push(performance.now() - began);
      await bare.stop();
    }
    const [median, bare] = [percentile(took, 50), percentile(echo, 50)];
    return {
      how: `From the beginning of the process to the first 200 of GET /readyz, with the trained model on the disk; the median of ${starts} starts. Memory is what the system counts as resident, ${AT_REST / 1000} s after the last of them.`,
      table: {
        head: ['start', 'ready after', 'resident'],
        rows: [
          ['Guichet, kept model and code', `${figure(median)} ms`, `${figure(megabytes)} MB`],
          ['Guichet, the first on a folder with a kept model', `${figure(first)} ms`, ''],
          ['bare botbuilder echo bot on restify', `${figure(bare)} ms`, ''],
        ],
      },
      goals: [
        { what: 'Process start to ready', measured: median, unit: 'ms', atMost: 1_500 },
        {
          what: 'Start against the bare botbuilder echo bot',
          measured: median / bare,
          unit: '×',
          atMost: 1.5,
          broken: 5,
        },
        { what: 'Resident memory at rest', measured: megabytes, unit: 'MB', atMost: 200, broken: 300 },
      ],
    };
  },
};

/** What the system counts as the process's own memory; of Linux alone. */
export function residentMegabytes(pid: number): number {
  return Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
}
