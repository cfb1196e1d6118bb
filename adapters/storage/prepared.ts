import { type Compilable, type CompiledQuery, type Kysely, PostgresAdapter } from 'kysely';
import type { Tables } from './schema.ts';

/** Writes a statement; `value` stands for one of the values that it will run with. */
type Build<Values, Row> = (
  db: Kysely<Tables>,
  value: <Name extends keyof Values>(name: Name) => Values[Name],
) => Compilable<Row>;

/** Stands in a statement for a value that is known only when it runs. */
class Later {
  readonly name: PropertyKey;

  constructor(name: PropertyKey) {
    this.name = name;
  }
}

/**
 * A statement that kysely builds once for each engine, and that runs with other values each time. For what every turn asks
 * and writes: to build such a statement takes longer than to run it.
 */
export class Prepared<Values extends object, Row> {
  private readonly build: Build<Values, Row>;
  private readonly compiled = new WeakMap<object, CompiledQuery<Row>>();

  constructor(build: Build<Values, Row>) {
    this.build = build;
  }

  /** @returns the rows that it reads, or gives back of what it wrote */
  async run(db: Kysely<Tables>, values: Values): Promise<Row[]> {
    // One for a database and all its transactions.
    const { adapter } = db.getExecutor();
    const compiled =
      this.compiled.get(adapter) ?? this.build(db, (name) => new Later(name) as never).compile();
    this.compiled.set(adapter, compiled);
    const parameters = compiled.parameters.map((parameter) => {
      const value = parameter instanceof Later ? values[parameter.name as keyof Values] : parameter;
      return adapter instanceof PostgresAdapter ? withoutNul(value) : value;
    });
    return (await db.executeQuery<Row>({ ...compiled, parameters })).rows;
  }
}

/** PostgreSQL's text holds any character but U+0000, which SQLite's does: it becomes the sign for what cannot be shown. */
export function withoutNul(value: unknown): unknown {
  return typeof value === 'string' ? value.replaceAll('\0', '\uFFFD') : value;
}
