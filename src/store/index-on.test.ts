import fc from 'fast-check';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { indexOn } from './index-on.ts';
import type { ReadTable } from './store.ts';
import { defineTable } from './table.ts';

interface Crate {
  readonly version: number;
  readonly id: string;
  readonly quay: 'north' | 'south';
  readonly owner?: string | undefined;
  readonly labels: readonly string[];
  readonly weight: number;
}

const on = indexOn<Crate>();
const crate = (members: Partial<Crate> = {}): Crate => ({
  version: 1,
  id: 'a',
  quay: 'north',
  labels: [],
  weight: 5,
  ...members,
});

describe('an index', () => {
  it('finds a row by what it is told of it', () => {
    const index = on('quay', 'owner', 'id');
    const found = index.valueOf(crate({ owner: 'eve' }));
    expect(found).toBe(index.keyOf({ quay: 'north', owner: 'eve', id: 'a' }));
    expect(found).not.toBe(index.keyOf({ quay: 'south', owner: 'eve', id: 'a' }));
  });

  it('leaves out rows that lack a part, and those that do not meet its condition', () => {
    expect(on('owner').valueOf(crate())).toBeUndefined();
    expect(on('quay', 'owner').valueOf(crate())).toBeUndefined();
    const heavy = on('quay').where(({ weight }) => weight > 10);
    expect([heavy.valueOf(crate()), heavy.valueOf(crate({ weight: 11 }))]).toEqual([
      undefined,
      heavy.keyOf({ quay: 'north' }),
    ]);
  });

  it('of no part holds all rows of its condition under one key', () => {
    const heavy = on().where(({ weight }) => weight > 10);
    expect(heavy.valueOf(crate({ weight: 11 }))).toBe(heavy.keyOf({}));
  });

  it('keeps the one string of its only part: no second copy in memory', () => {
    expect(on('id').valueOf(crate({ id: 'x' }))).toBe('x');
  });

  it('finds a row under each of several keys', () => {
    const labelled = on.each(['quay', 'label'], ({ quay, labels }) =>
      labels.map((label) => ({ quay, label })),
    );
    expect(labelled.valueOf(crate({ labels: ['x', 'y'] }))).toEqual([
      labelled.keyOf({ quay: 'north', label: 'x' }),
      labelled.keyOf({ quay: 'north', label: 'y' }),
    ]);
  });

  it('has the same value for the same parts alone, whatever is in them', () => {
    const text = fc.string({ unit: fc.constantFrom('1', '2', '/', ' ', '!', '\0', 'a'), maxLength: 5 });
    const parts = fc.record({ a: text, b: text, c: text });
    const two = indexOn<{ a: string; b: string; c: string }>()('a', 'b');
    const three = indexOn<{ a: string; b: string; c: string }>()('a', 'b', 'c');
    fc.assert(
      fc.property(parts, parts, (one, other) => {
        expect(two.keyOf(one) === two.keyOf(other)).toBe(one.a === other.a && one.b === other.b);
        expect(three.keyOf(one) === three.keyOf(other)).toBe(
          one.a === other.a && one.b === other.b && one.c === other.c,
        );
      }),
      { numRuns: 2000 },
    );
  });
});

describe('the key of an index', () => {
  const crates = defineTable<Crate>()({
    name: 'crates',
    durable: true,
    key: ({ id }) => id,
    indexes: {
      quay: on('quay'),
      owned: on('owner', 'quay'),
      heavy: on().where(({ weight }) => weight > 10),
      label: on.each(['label'], ({ labels }) => labels.map((label) => ({ label }))),
    },
    tallies: {
      weight: {
        group: on('owner'),
        empty: 0,
        add: (total: number, { weight }) => total + weight,
        remove: (total: number, { weight }) => total - weight,
      },
    },
  });

  it('is checked by the compiler: no other index’s key, no other value, no string made by hand', () => {
    const uses = (table: ReadTable<typeof crates>): void => {
      table.by('quay', { quay: 'north' });
      table.by('owned', { owner: 'eve', quay: 'south' });
      table.by('heavy', {});
      table.tally('weight', { owner: 'eve' });
      // @ts-expect-error a string made by hand
      table.by('quay', 'north');
      // @ts-expect-error the key of another index
      table.by('quay', { label: 'x' });
      // @ts-expect-error a part is missing
      table.by('owned', { owner: 'eve' });
      // @ts-expect-error a part too many
      table.by('label', { label: 'x', quay: 'north' });
      // @ts-expect-error a value that no row has
      table.count('quay', { quay: 'west' });
      // @ts-expect-error the key of an index, not of the tally
      table.tally('weight', { quay: 'north' });
      // @ts-expect-error nothing is told apart by it
      table.by('heavy', { quay: 'north' });
    };
    expectTypeOf(uses).toBeFunction();
    // @ts-expect-error not a text
    on('weight');
  });
});
