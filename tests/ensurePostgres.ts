import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { findPostgres } from './postgres.ts';

/**
 * Before the tests: those on PostgreSQL need its programs. Installs Debian's where it may; elsewhere those tests are skipped,
 * and say so. Debian makes and starts a cluster with the package unless told not to; the tests start one of their own.
 */
const CLUSTERS = '/etc/postgresql-common/createcluster.conf';

if (process.env['TEST_DATABASE_URL'] === undefined && findPostgres() === undefined) {
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    process.stdout.write(
      'No PostgreSQL was found; installing the Debian package "postgresql" for the tests on it.\n',
    );
    if (!existsSync(CLUSTERS)) {
      mkdirSync('/etc/postgresql-common', { recursive: true });
      writeFileSync(CLUSTERS, 'create_main_cluster = false\n');
    }
    spawnSync('apt-get', ['update', '-qq'], { stdio: 'inherit' });
    spawnSync(
      'apt-get',
      [
        'install',
        '-y',
        '-qq',
        '--no-install-recommends',
        '-o',
        'Dpkg::Options::=--force-confold',
        'postgresql',
      ],
      { stdio: 'inherit', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } },
    );
  }
  if (findPostgres() === undefined)
    process.stderr.write(
      'There is no PostgreSQL here, so the tests on it are skipped. Install it (Debian: apt-get install postgresql), or set TEST_DATABASE_URL to a server where they may create databases.\n',
    );
}
