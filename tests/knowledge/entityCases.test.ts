import { readFileSync } from 'node:fs';
import { findEntities, type EntityKind } from '../../knowledge/entities.ts';

interface EntityCase {
  /** what the customer typed */
  text: string;
  /** the instant it was typed, ISO 8601; a Wednesday afternoon in Paris unless said */
  now?: string;
  /** what an ordinary reader would find in it, in order of appearance; `text` is the part of the message */
  entities: { kind: EntityKind; value: string; text: string }[];
}

const WEDNESDAY_AFTERNOON = '2026-03-18T14:30:00+01:00';
const cases = JSON.parse(readFileSync('tests/knowledge/entityCases.json', 'utf8')) as EntityCase[];

describe('a message gives the entities an ordinary reader finds in it, and no others', () => {
  for (const { text, now = WEDNESDAY_AFTERNOON, entities } of cases) {
    test(now === WEDNESDAY_AFTERNOON ? text : `${text} (${now})`, () => {
      const found = findEntities(text, { now: new Date(now) });

      expect(found.map(({ kind, value }) => ({ kind, value }))).toEqual(
        entities.map(({ kind, value }) => ({ kind, value })),
      );
      for (const entity of found) {
        expect(text.slice(entity.index, entity.index + entity.text.length)).toBe(entity.text);
      }
    });
  }
});

describe('the table itself', () => {
  test('every expected text stands in its message, in order and without overlap', () => {
    for (const { text, entities } of cases) {
      let from = 0;
      for (const entity of entities) {
        const index = text.indexOf(entity.text, from);
        expect({ text, part: entity.text, stands: index >= from }).toEqual({
          text,
          part: entity.text,
          stands: true,
        });
        from = index + entity.text.length;
      }
    }
  });

  test('no message stands twice for the same instant', () => {
    const keys = cases.map(({ text, now = WEDNESDAY_AFTERNOON }) => `${now} ${text}`);
    expect(keys.filter((key, at) => keys.indexOf(key) !== at)).toEqual([]);
  });
});
