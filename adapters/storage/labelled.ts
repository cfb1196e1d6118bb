import type { Labelled } from '../../bot/learning.ts';
import { openStoreBeside } from './open.ts';

const ALL = 1_000_000;

/**
 * The sentences that agents labelled, the oldest first, but those that teach nothing. Reads beside running servers.
 * @throws DatabaseError when there is no database, or none that can be read.
 */
export async function readLabelled(settings: Parameters<typeof openStoreBeside>[0]): Promise<Labelled[]> {
  const store = await openStoreBeside(settings);
  try {
    const sentences = await store.records.misunderstood({ labelled: true, limit: ALL });
    return sentences
      .reverse()
      .flatMap(({ text, label }) => (label === undefined || label === 'ignore' ? [] : [{ text, label }]));
  } finally {
    await store.close();
  }
}
