import { statfsSync } from 'node:fs';
import { createServer } from 'node:net';
import type { Config } from '../../config.ts';
import { openDataFolder } from '../../dataFolder.ts';
import { type Finding, reasonOf } from './finding.ts';

const NEEDED = [24, 15] as const;
/** Below this, messages of a busy week could fill the disk. */
const ROOM_MB = 500;

/** Whether Node is as new as the code needs it. */
export function nodeVersion(version: string = process.versions.node): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > NEEDED[0] || (major === NEEDED[0] && minor >= NEEDED[1]))
    return { state: 'good', says: `Node ${version}.` };
  return {
    state: 'wrong',
    says: `Node ${version} is too old: ${NEEDED.join('.')} or later is needed.`,
    todo: 'Run npm ci, which brings it, and start by npm start or node_modules/.bin/node.',
  };
}

/** Whether files can be written, and how much room is left. */
export function dataFolder({ DATA_DIR }: Config): Finding[] {
  try {
    openDataFolder(DATA_DIR);
  } catch (error) {
    return [
      {
        state: 'wrong',
        says: `The folder ${DATA_DIR} cannot be written: ${reasonOf(error)}.`,
        todo: 'Give it to the user that the server runs as, or name another with DATA_DIR.',
      },
    ];
  }
  const { bavail, bsize } = statfsSync(DATA_DIR);
  const free = Math.floor((bavail * bsize) / 1e6);
  if (free < ROOM_MB)
    return [
      {
        state: 'wrong',
        says: `The folder ${DATA_DIR} has ${free} MB left; below ${ROOM_MB} MB a full disk is near.`,
        todo: 'Make room, or name a folder of another disk with DATA_DIR.',
      },
    ];
  return [{ state: 'good', says: `The folder ${DATA_DIR} can be written; ${free} MB are left.` }];
}

/** Whether the server could listen; a Guichet that listens there already is no mistake. */
export async function port({ HOST, PORT }: Config): Promise<Finding[]> {
  const place = `Port ${PORT} on ${HOST}`;
  const code = await new Promise<string | undefined>((resolve) => {
    const probe = createServer();
    probe.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    probe.listen(PORT, HOST, () => probe.close(() => resolve(undefined)));
  });
  if (code === undefined) return [{ state: 'good', says: `${place} is free.` }];
  if (code === 'EADDRINUSE' && (await isGuichet(HOST, PORT)))
    return [{ state: 'note', says: `${place} is served by a Guichet that runs now.` }];
  const todo: Record<string, string> = {
    EADDRINUSE: 'Stop the program that has it, or choose another with PORT.',
    EACCES: 'Ports below 1024 are for root: choose another with PORT, and let a proxy forward to it.',
    EADDRNOTAVAIL: 'This machine has no such address: set HOST to one that it has, or to 0.0.0.0 for all.',
  };
  return [
    {
      state: 'wrong',
      says: `${place} cannot be had: ${code}.`,
      todo: todo[code] ?? 'Correct HOST and PORT.',
    },
  ];
}

async function isGuichet(host: string, port: number): Promise<boolean> {
  const address = host === '0.0.0.0' || host === '::' ? 'localhost' : host;
  try {
    const response = await fetch(`http://${address}:${port}/widget/guichet.js`, {
      method: 'GET',
      signal: AbortSignal.timeout(3_000),
    });
    return response.ok && (await response.text()).includes('guichet');
  } catch {
    return false;
  }
}
