import { describe, expect, it } from 'vitest';
import { gatherMembers, migrateRow, renameMembers, shapeOf } from './row-migration.ts';

describe('migrateRow', () => {
  const table = {
    name: 'crates',
    migrations: [
      { shape: 2, migrate: renameMembers({ heavy: 'weight' }) },
      { shape: 3, migrate: renameMembers({ weight: 'mass' }) },
    ],
  };

  it.each([
    [1, { heavy: 5 }],
    [2, { weight: 5 }],
    [3, { mass: 5 }],
  ])('takes a row of shape %i to today’s', (shape, row) => {
    expect(migrateRow(table, shape, row)).toEqual({ mass: 5 });
  });

  it('leaves a row alone where the table never changed', () => {
    const row = { heavy: 5 };
    expect([migrateRow({ name: 'boats' }, 1, row), shapeOf({ name: 'boats' })]).toEqual([row, 1]);
  });

  it('refuses a shape that it does not know', () => {
    expect(() => migrateRow(table, 4, {})).toThrow(
      'rows of table crates in shape 4, and this Longshore knows shapes up to 3: start the release that wrote it',
    );
  });
});

describe('renameMembers', () => {
  it('keeps values, order and what has no other name', () => {
    const rename = renameMembers({ b: 'B', missing: 'M' });
    const row = { a: 1, b: [2], c: undefined };
    expect(JSON.stringify(rename(row))).toBe('{"a":1,"B":[2]}');
    expect(row).toEqual({ a: 1, b: [2], c: undefined });
  });
});

describe('gatherMembers', () => {
  const gather = gatherMembers('kept', { b: 'B', c: 'c' });

  it('moves members into the one, and leaves the others where they are', () => {
    const row = { a: 1, b: [2], c: 0, d: 4 };
    expect(gather(row)).toStrictEqual({ a: 1, d: 4, kept: { B: [2], c: 0 } });
    expect(row).toEqual({ a: 1, b: [2], c: 0, d: 4 });
  });

  it('adds nothing to a row that has none of them', () => {
    expect(gather({ a: 1 })).toStrictEqual({ a: 1 });
  });
});
