import { Pool } from 'undici';

/** One request that is to be sent. */
export interface Shot {
  path: string;
  headers: Record<string, string>;
  body: string;
}

export interface Load {
  url: string;
  /** The next request of a client; each client sends one after the other. */
  next(client: number): Shot;
  clients: number;
  seconds: number;
}

export interface Loaded {
  perSecond: number;
  /** Milliseconds. */
  p50: number;
  p99: number;
  /** Answers other than 2xx. */
  refused: number;
}

/** As much as goes: every client sends its next request when the last one is answered. */
export async function closedLoop(load: Load): Promise<Loaded> {
  const { url, clients, seconds } = load;
  const gun = new Gun(url, clients);
  const until = performance.now() + seconds * 1000;
  const client = async (_: unknown, i: number): Promise<void> => {
    while (performance.now() < until) await gun.fire(load.next(i), performance.now());
  };
  const began = performance.now();
  await Promise.all(Array.from({ length: clients }, client));
  return gun.done((performance.now() - began) / 1000);
}

/**
 * At a rate, whether the server keeps up or not: a request is late from the moment at which it was due, so that waiting behind
 * a slow one counts. Clients take turns.
 */
export async function openLoop(load: Load, perSecond: number): Promise<Loaded> {
  const { url, clients, seconds } = load;
  const gun = new Gun(url, clients);
  const began = performance.now();
  const total = Math.round(seconds * perSecond);
  const flying: Promise<void>[] = [];
  for (let sent = 0; sent < total;) {
    const due = Math.min(total, Math.floor(((performance.now() - began) / 1000) * perSecond) + 1);
    for (; sent < due; sent += 1)
      flying.push(gun.fire(load.next(sent % clients), began + (sent / perSecond) * 1000));
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await Promise.all(flying);
  return gun.done((performance.now() - began) / 1000);
}

class Gun {
  private readonly pool: Pool;
  private readonly took: number[] = [];
  private refused = 0;

  constructor(url: string, connections: number) {
    this.pool = new Pool(url, { connections, pipelining: 1 });
  }

  async fire({ path, headers, body }: Shot, since: number): Promise<void> {
    const answer = await this.pool.request({ path, method: 'POST', headers, body });
    await answer.body.dump();
    if (answer.statusCode >= 300) this.refused += 1;
    this.took.push(performance.now() - since);
  }

  async done(seconds: number): Promise<Loaded> {
    await this.pool.close();
    return {
      perSecond: this.took.length / seconds,
      p50: percentile(this.took, 50),
      p99: percentile(this.took, 99),
      refused: this.refused,
    };
  }
}

/** The nearest-rank percentile. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] ?? NaN;
}
