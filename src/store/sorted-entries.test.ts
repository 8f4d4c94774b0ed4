import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SortedEntries, type Entry } from './sorted-entries.ts';

type Step =
  | { readonly kind: 'insert' | 'delete'; readonly key: string }
  | { readonly kind: 'insertMany' | 'deleteMany'; readonly from: number; readonly to: number };

const keyOf = (number: number): string => String(number).padStart(4, '0');
const range = (from: number, to: number): string[] =>
  Array.from({ length: Math.max(0, to - from) }, (_, place) => keyOf(from + place));

const numbers = fc.nat({ max: 2000 });
const keys = numbers.map(keyOf);
const steps: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constantFrom('insert' as const, 'delete' as const), key: keys }),
  fc.record({
    kind: fc.constantFrom('insertMany' as const, 'deleteMany' as const),
    from: numbers,
    to: numbers,
  }),
);

class Pair {
  readonly real = new SortedEntries<number>();
  readonly model = new Set<string>();

  insert(key: string): void {
    if (this.model.has(key)) return;
    this.model.add(key);
    this.real.insert({ key, row: Number(key) });
  }

  delete(key: string): void {
    expect(this.real.delete(key)).toBe(this.model.delete(key));
  }

  run(step: Step): void {
    const all = 'key' in step ? [step.key] : range(step.from, step.to);
    const inserts = step.kind === 'insert' || step.kind === 'insertMany';
    for (const key of all) {
      if (inserts) this.insert(key);
      else this.delete(key);
    }
  }
}

function keysAfter(entries: SortedEntries<number>, after?: string): string[] {
  const found: string[] = [];
  const cursor = entries.cursor(after);
  for (let entry = cursor.next(); entry !== undefined; entry = cursor.next()) found.push(entry.key);
  return found;
}

const filled = (all: readonly string[]): SortedEntries<number> => {
  const entries = new SortedEntries<number>();
  for (const key of all) entries.insert({ key, row: 0 });
  return entries;
};

describe('SortedEntries', () => {
  it('holds what a set holds, in order, after any inserts and deletes', () => {
    fc.assert(
      fc.property(fc.array(steps, { maxLength: 30 }), fc.array(keys, { maxLength: 5 }), (run, starts) => {
        const pair = new Pair();
        for (const step of run) pair.run(step);
        const expected = [...pair.model].sort();
        expect(pair.real.size).toBe(expected.length);
        expect(keysAfter(pair.real)).toEqual(expected);
        for (const start of starts) {
          expect(keysAfter(pair.real, start)).toEqual(expected.filter((key) => key > start));
        }
      }),
    );
  });

  it.each([
    ['ascending', (all: string[]) => all],
    ['descending', (all: string[]) => all.toReversed()],
    [
      'interleaved',
      (all: string[]) => [...all.filter((_, at) => at % 2), ...all.filter((_, at) => at % 2 === 0)],
    ],
  ])('keeps order over many chunks filled %s', (_, arrange) => {
    const all = range(0, 3000);
    expect(keysAfter(filled(arrange(all)))).toEqual(all);
  });

  it('finds what is left after nearly all was deleted', () => {
    const all = range(0, 3000);
    const entries = filled(all);
    for (const key of all) if (Number(key) % 500 !== 7) expect(entries.delete(key)).toBe(true);
    expect(keysAfter(entries)).toEqual(['0007', '0507', '1007', '1507', '2007', '2507']);
    expect(keysAfter(entries, '1007')).toEqual(['1507', '2007', '2507']);
  });

  it('orders by code unit, not by locale', () => {
    expect(keysAfter(filled(['b', 'B', 'é', 'a', '!']))).toEqual(['!', 'B', 'a', 'b', 'é']);
  });

  it('gives the entries themselves, so that a replaced row shows', () => {
    const entries = new SortedEntries<string>();
    const entry: Entry<string> = { key: 'a', row: 'old' };
    entries.insert(entry);
    entry.row = 'new';
    expect(entries.cursor().next()?.row).toBe('new');
  });
});
