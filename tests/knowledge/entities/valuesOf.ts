import { findEntities } from '../../../knowledge/entities.ts';
import type { EntityKind } from '../../../knowledge/entities.ts';

/** Wednesday 25 November 2026, 11:20 in Paris. */
export const NOW = new Date('2026-11-25T10:20:00Z');

export function valuesOf(kind: EntityKind, message: string): string[] {
  return findEntities(message, { now: NOW })
    .filter((entity) => entity.kind === kind)
    .map((entity) => entity.value);
}
