import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { freePort } from './freePort.ts';

const DEBIAN = '/usr/lib/postgresql';
const OLDEST = 15;

/** Who runs the server: PostgreSQL refuses root, so then it is Debian's user for it. */
function runsAs(): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const id = (flag: string): number => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

/** The folder of the server's programs: of Debian's newest version, or of the one in PATH; undefined where there is none. */
export function findPostgres(): string | undefined {
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN).map(Number) : [];
  const [newest] = versions.filter((version) => version >= OLDEST).sort((one, other) => other - one);
  if (newest !== undefined && existsSync(join(DEBIAN, String(newest), 'bin', 'initdb')))
    return join(DEBIAN, String(newest), 'bin');
  return (process.env['PATH'] ?? '').split(':').find((folder) => existsSync(join(folder, 'initdb')));
}

/** Tests on PostgreSQL, or one that says why there are none. */
export function describeOnPostgres(name: string, tests: () => void): void {
  if (process.env['TEST_DATABASE_URL'] !== undefined || findPostgres() !== undefined)
    return describe(name, tests);
  describe.skip(
    `${name} (skipped: there is no PostgreSQL here; install Debian's "postgresql", or set TEST_DATABASE_URL)`,
    tests,
  );
}

/**
 * A PostgreSQL server for tests, with as many databases as they like: one of its own in a new folder, on loopback; or the
 * one of TEST_DATABASE_URL, whose user must be allowed to create databases.
 */
export class Cluster {
  private readonly folder: string | undefined;
  private readonly programs: string;
  private readonly port: number;
  private readonly durable: boolean;
  private server: ChildProcess | undefined;
  private readonly databases: string[] = [];

  private constructor(programs: string, folder: string | undefined, port: number, durable = false) {
    this.durable = durable;
    this.programs = programs;
    this.folder = folder;
    this.port = port;
  }

  /** @param durable commits reach the disk, as in production: for whoever measures */
  static async start({ durable = false } = {}): Promise<Cluster> {
    const programs = findPostgres() ?? '';
    if (process.env['TEST_DATABASE_URL'] !== undefined) return new Cluster(programs, undefined, 0);
    const folder = mkdtempSync(join(tmpdir(), 'guichet-postgres-'));
    const user = runsAs();
    if (user.uid !== undefined) chownSync(folder, user.uid, user.gid!);
    const settings = ['--auth=trust', '--username=postgres', '--encoding=UTF8', '--locale=C', '--no-sync'];
    execFileSync(join(programs, 'initdb'), [...settings, '-D', join(folder, 'data')], {
      ...user,
      cwd: folder,
      stdio: 'pipe',
    });
    const cluster = new Cluster(programs, folder, await freePort(), durable);
    await cluster.up();
    return cluster;
  }

  /** The address of a new, empty database. */
  async database(): Promise<string> {
    const name = `guichet_${randomUUID().replaceAll('-', '')}`;
    await this.run(`create database ${name}`);
    this.databases.push(name);
    const url = new URL(this.url());
    url.pathname = `/${name}`;
    return url.href;
  }

  /** Starts the server, after `down`. */
  async up(): Promise<void> {
    const { folder, port } = this;
    if (folder === undefined)
      throw new Error('The server of TEST_DATABASE_URL is not for tests to start and stop.');
    const settings = [
      // What tests write need not outlive the machine, so nothing waits for its disk.
      `fsync=${this.durable ? 'on' : 'off'}`,
      'listen_addresses=127.0.0.1',
      `port=${port}`,
      `unix_socket_directories=${folder}`,
    ];
    // A shell that waits for the tests' end of a pipe: when they die, however they die, the server goes too.
    const guard = '"$@" & server=$!; read -r _; kill -QUIT $server; wait $server';
    this.server = spawn(
      '/bin/sh',
      [
        '-c',
        guard,
        'sh',
        join(this.programs, 'postgres'),
        '-D',
        join(folder, 'data'),
        ...settings.flatMap((each) => ['-c', each]),
      ],
      { ...runsAs(), cwd: folder, stdio: ['pipe', 'ignore', 'ignore'] },
    );
    for (;;) {
      if (this.server.exitCode !== null) throw new Error(`PostgreSQL did not start in ${folder}.`);
      if (
        await this.run('select 1').then(
          () => true,
          () => false,
        )
      )
        return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  /** Stops the server at once, as a crash does ("immediate": no checkpoint, every connection cut). */
  async down(): Promise<void> {
    if (!this.server) return;
    const gone = once(this.server, 'exit');
    this.server.stdin!.end();
    this.server = undefined;
    await gone;
  }

  /** Removes what the tests left. */
  async end(): Promise<void> {
    if (this.folder !== undefined) {
      await this.down();
      rmSync(this.folder, { recursive: true, force: true });
      return;
    }
    for (const name of this.databases) await this.run(`drop database if exists ${name} with (force)`);
  }

  private url(): string {
    return process.env['TEST_DATABASE_URL'] ?? `postgres://postgres@127.0.0.1:${this.port}/postgres`;
  }

  private async run(statement: string): Promise<void> {
    const client = new pg.Client({ connectionString: this.url() });
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.query(statement);
    } finally {
      await client.end().catch(() => undefined);
    }
  }
}
