import { DatabaseSync } from 'node:sqlite';

/*
 * Preloaded into the product's process by the tests of crashes: the process dies by SIGKILL at a statement that the test names
 * from outside. The product knows nothing of it, and runs as it is.
 */

export interface CrashPoint {
  /** The statement, as a regular expression over its SQL. */
  statement: string;
  when: 'before' | 'after';
  /** A statement that must have come before it. */
  following?: string;
  /** Part of one of the statement's values. */
  value?: string;
}

let armed: CrashPoint | undefined;
process.on('message', (point: CrashPoint) => {
  armed = point;
  process.send!('armed');
});
// The test's line must not keep the process from its own end.
process.channel?.unref();

type Prepare = DatabaseSync['prepare'];
const prepare = Object.getOwnPropertyDescriptor(DatabaseSync.prototype, 'prepare')!.value as Prepare;
DatabaseSync.prototype.prepare = function (this: DatabaseSync, ...given: Parameters<Prepare>) {
  const statement = prepare.apply(this, given);
  for (const name of ['run', 'all'] as const) {
    const execute = statement[name].bind(statement) as (...values: unknown[]) => never;
    statement[name] = (...values: unknown[]) => {
      dieAt('before', given[0], values);
      const result = execute(...values);
      dieAt('after', given[0], values);
      return result;
    };
  }
  return statement;
};

function dieAt(moment: CrashPoint['when'], sql: string, values: readonly unknown[]): void {
  if (!armed) return;
  const { statement, when, following, value } = armed;
  if (following !== undefined) {
    if (moment === 'after' && new RegExp(following).test(sql)) delete armed.following;
    return;
  }
  if (moment !== when || !new RegExp(statement).test(sql)) return;
  if (value !== undefined && !values.some((given) => typeof given === 'string' && given.includes(value)))
    return;
  process.kill(process.pid, 'SIGKILL');
  // The signal comes between two instructions; nothing more may be done before it.
  for (;;);
}
