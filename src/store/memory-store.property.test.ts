// Any run of transactions, some of which fail, against the plainest store there could be: a sorted array.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { silentLog } from '../lib/log.ts';
import { MemoryJournal } from './journal/memory-journal.ts';
import { openStore } from './memory-store.ts';
import type { Change, ReadTable, Store } from './store.ts';
import { indexOn } from './index-on.ts';
import { defineTable } from './table.ts';

interface Boat {
  readonly version: number;
  readonly name: string;
  readonly harbour: string;
  readonly flags: readonly string[];
  readonly cargo?: number | undefined;
}

type BoatInput = Omit<Boat, 'version'>;

const on = indexOn<Boat>();
const onLaden = on('harbour').where(({ cargo }) => cargo !== undefined);

const boats = defineTable<Boat>()({
  name: 'boats',
  durable: true,
  key: (boat) => boat.name,
  indexes: {
    harbour: on('harbour'),
    flags: on.each(['flag'], ({ flags }) => flags.map((flag) => ({ flag }))),
    laden: onLaden,
  },
  tallies: {
    cargo: {
      group: onLaden,
      empty: { boats: 0, cargo: 0 },
      add: (total: { boats: number; cargo: number }, boat) => ({
        boats: total.boats + 1,
        cargo: total.cargo + (boat.cargo ?? 0),
      }),
      remove: (total: { boats: number; cargo: number }, boat) => ({
        boats: total.boats - 1,
        cargo: total.cargo - (boat.cargo ?? 0),
      }),
    },
  },
});

const harbours = ['lee', 'mole', 'spit'];
const flags = ['blue', 'red'];
const name = fc.integer({ min: 0, max: 12 }).map((number) => `boat ${number}`);
const boat: fc.Arbitrary<BoatInput> = fc.record({
  name,
  harbour: fc.constantFrom(...harbours),
  flags: fc.array(fc.constantFrom(...flags), { maxLength: 3 }),
  cargo: fc.option(fc.nat({ max: 9 }), { nil: undefined }),
});
type Write = { readonly put: BoatInput } | { readonly delete: string };
const write: fc.Arbitrary<Write> = fc.oneof(fc.record({ put: boat }), fc.record({ delete: name }));
const transaction = fc.record({
  writes: fc.array(write, { maxLength: 12 }),
  fails: fc.boolean(),
  flush: fc.boolean(),
});

/** The model: rows by name, whose every answer is computed from scratch. */
class Fleet {
  rows = new Map<string, Boat>();

  write(step: Write): void {
    if ('delete' in step) this.rows.delete(step.delete);
    else {
      const version = (this.rows.get(step.put.name)?.version ?? 0) + 1;
      this.rows.set(step.put.name, { ...step.put, version });
    }
  }

  select(accepts: (boat: Boat) => boolean, after = ''): Boat[] {
    const found = [...this.rows.values()].filter((row) => accepts(row) && row.name > after);
    return found.sort((one, other) => (one.name < other.name ? -1 : 1));
  }
}

function compare(table: ReadTable<typeof boats>, fleet: Fleet, after: string): void {
  expect(table.size).toBe(fleet.rows.size);
  expect([...table.all()]).toEqual(fleet.select(() => true));
  expect([...table.all(after)]).toEqual(fleet.select(() => true, after));
  for (const harbour of harbours) {
    const here = (row: Boat): boolean => row.harbour === harbour;
    const laden = (row: Boat): boolean => here(row) && row.cargo !== undefined;
    expect([...table.by('harbour', { harbour }, after)]).toEqual(fleet.select(here, after));
    expect([...table.by('laden', { harbour })]).toEqual(fleet.select(laden));
    expect(table.count('harbour', { harbour })).toBe(fleet.select(here).length);
    const cargo = fleet.select(laden).reduce((sum, row) => sum + row.cargo!, 0);
    expect(table.tally('cargo', { harbour })).toEqual({ boats: fleet.select(laden).length, cargo });
  }
  for (const flag of flags) {
    const flying = (row: Boat): boolean => row.flags.includes(flag);
    expect([...table.by('flags', { flag })]).toEqual(fleet.select(flying));
    expect(table.count('flags', { flag })).toBe(fleet.select(flying).length);
  }
}

const open = (journal: MemoryJournal): Promise<Store> =>
  openStore({ tables: [boats], journal, log: silentLog, freezeRows: true });

class Abandoned extends Error {}

/** Runs the writes in one transaction of each; answers whether it was kept. */
function run(store: Store, fleet: Fleet, writes: readonly Write[], fails: boolean, after: string): boolean {
  const before = new Map(fleet.rows);
  try {
    store.update((tx) => {
      const table = tx.table(boats);
      for (const step of writes) {
        if ('delete' in step) expect(table.delete(step.delete)).toBe(fleet.rows.has(step.delete));
        else table.put(step.put);
        fleet.write(step);
      }
      compare(table, fleet, after);
      if (fails) throw new Abandoned();
    });
    return true;
  } catch (error) {
    if (!(error instanceof Abandoned)) throw error;
    fleet.rows = before;
    return false;
  }
}

describe('the store', () => {
  it('answers as the model does, inside and after transactions that are kept or abandoned', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(transaction, { maxLength: 15 }), name, async (transactions, after) => {
        const store = await open(new MemoryJournal({ durability: 'immediate' }));
        const fleet = new Fleet();
        for (const { writes, fails } of transactions) {
          run(store, fleet, writes, fails, after);
          store.view((tx) => compare(tx.table(boats), fleet, after));
        }
      }),
    );
  });

  it('tells watchers changes from which its state can be rebuilt', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(transaction, { maxLength: 15 }), async (transactions) => {
        const store = await open(new MemoryJournal({ durability: 'immediate' }));
        const fleet = new Fleet();
        const copy = new Map<string, Boat>();
        let commits = 0;
        store.watch(boats, (changes: readonly Change<Boat>[]) => {
          commits += 1;
          for (const { key, before, after } of changes) {
            expect(copy.get(key)).toEqual(before);
            if (after === undefined) copy.delete(key);
            else copy.set(key, after);
          }
        });
        for (const { writes, fails } of transactions) run(store, fleet, writes, fails, '');
        expect(copy).toEqual(fleet.rows);
        expect(store.revision).toBe(commits);
      }),
    );
  });

  it('comes back from a crash with the state of the last commit that was durable', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(transaction, { maxLength: 15 }), name, async (transactions, after) => {
        const journal = new MemoryJournal({ durability: 'manual' });
        const store = await open(journal);
        const fleet = new Fleet();
        const durable = new Fleet();
        for (const { writes, fails, flush } of transactions) {
          run(store, fleet, writes, fails, after);
          if (!flush) continue;
          journal.flush();
          durable.rows = new Map(fleet.rows);
        }
        const next = await open(journal.crash());
        next.view((tx) => compare(tx.table(boats), durable, after));
      }),
    );
  });
});
