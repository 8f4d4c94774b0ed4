import { beforeEach, describe, expect, it, vi } from 'vitest';
import { silentLog, type Log } from '../lib/log.ts';
import { MemoryJournal } from './journal/memory-journal.ts';
import { openStore } from './memory-store.ts';
import type { Change, Store } from './store.ts';
import { renameMembers, type StoredRow } from './row-migration.ts';
import { indexOn } from './index-on.ts';
import { defineTable } from './table.ts';
import { loadRows } from '../../test-support/load-rows.ts';

interface Crate {
  readonly version: number;
  readonly id: string;
  readonly quay: string;
  readonly labels: readonly string[];
  readonly weight: number;
}

const on = indexOn<Crate>();

const crates = defineTable<Crate>()({
  name: 'crates',
  durable: true,
  key: (crate) => crate.id,
  indexes: {
    quay: on('quay'),
    label: on.each(['label'], ({ labels }) => labels.map((label) => ({ label }))),
    heavy: on().where((crate) => crate.weight > 100),
  },
  tallies: {
    weight: {
      group: on('quay'),
      empty: 0,
      add: (total: number, crate) => {
        if (Number.isNaN(crate.weight)) throw new Error('no weight');
        return total + crate.weight;
      },
      remove: (total: number, crate) => total - crate.weight,
    },
  },
});

interface Visitor {
  readonly version: number;
  readonly name: string;
}

const visitors = defineTable<Visitor>()({
  name: 'visitors',
  durable: false,
  key: (visitor) => visitor.name,
  indexes: {},
  tallies: {},
});

const aCrate = (id: string, over: Partial<Crate> = {}): Omit<Crate, 'version'> => ({
  id,
  quay: 'north',
  labels: [],
  weight: 1,
  ...over,
});

const open = (journal: MemoryJournal, log: Log = silentLog): Promise<Store> =>
  openStore({ tables: [crates, visitors], journal, log, freezeRows: true });

const put = (store: Store, ...rows: Omit<Crate, 'version'>[]): void =>
  store.update((tx) => {
    for (const row of rows) tx.table(crates).put(row);
  });

const ids = (rows: Iterable<Crate>): string[] => [...rows].map((row) => row.id);
const allIds = (store: Store): string[] => store.view((tx) => ids(tx.table(crates).all()));

let journal: MemoryJournal;
let store: Store;
beforeEach(async () => {
  journal = new MemoryJournal({ durability: 'manual' });
  store = await open(journal);
});

describe('rows', () => {
  it('have version 1 when made and one more at each change', () => {
    const versions = store.update((tx) => {
      const table = tx.table(crates);
      return [table.put(aCrate('a')).version, table.put({ ...aCrate('a'), version: 7 }).version];
    });
    expect(versions).toEqual([1, 2]);
    put(store, aCrate('a'));
    expect(store.view((tx) => tx.table(crates).get('a')?.version)).toBe(3);
  });

  it('start at version 1 again after a delete', () => {
    put(store, aCrate('a'));
    store.update((tx) => tx.table(crates).delete('a'));
    put(store, aCrate('a'));
    expect(store.view((tx) => tx.table(crates).get('a')?.version)).toBe(1);
  });

  it('leave the object that was put alone', () => {
    const input = aCrate('a');
    const row = store.update((tx) => tx.table(crates).put(input));
    expect(input).not.toHaveProperty('version');
    expect(row).toEqual({ ...input, version: 1 });
  });

  it('are frozen all through when asked', () => {
    const row = store.update((tx) => tx.table(crates).put(aCrate('a', { labels: ['x'] })));
    expect(Object.isFrozen(row) && Object.isFrozen(row.labels)).toBe(true);
  });

  it('answer whether a delete found one', () => {
    put(store, aCrate('a'));
    const found = store.update((tx) => [tx.table(crates).delete('a'), tx.table(crates).delete('a')]);
    expect(found).toEqual([true, false]);
  });
});

describe('indexes and tallies', () => {
  beforeEach(() => {
    put(
      store,
      aCrate('c', { labels: ['x', 'y', 'x'] }),
      aCrate('a', { labels: ['x'], weight: 200 }),
      aCrate('b', { quay: 'south', weight: 5 }),
    );
  });

  it('give the rows of a value in key order, from after a key', () => {
    store.view((tx) => {
      const table = tx.table(crates);
      expect(ids(table.by('quay', { quay: 'north' }))).toEqual(['a', 'c']);
      expect(ids(table.by('quay', { quay: 'north' }, 'a'))).toEqual(['c']);
      expect(ids(table.by('quay', { quay: 'south' }, 'b'))).toEqual([]);
      expect(ids(table.by('label', { label: 'x' }))).toEqual(['a', 'c']);
      expect(ids(table.by('heavy', {}))).toEqual(['a']);
      expect(ids(table.all('a'))).toEqual(['b', 'c']);
      expect(table.size).toBe(3);
    });
  });

  it('count rows and total them', () => {
    store.view((tx) => {
      const table = tx.table(crates);
      expect([
        table.count('label', { label: 'x' }),
        table.count('label', { label: 'y' }),
        table.count('label', { label: 'z' }),
      ]).toEqual([2, 1, 0]);
      expect([table.tally('weight', { quay: 'north' }), table.tally('weight', { quay: 'south' })]).toEqual([
        201, 5,
      ]);
      expect(table.tally('weight', { quay: 'nowhere' })).toBe(0);
    });
  });

  it('follow a row that moves', () => {
    put(store, aCrate('a', { quay: 'south', labels: ['y'], weight: 7 }));
    store.view((tx) => {
      const table = tx.table(crates);
      expect(ids(table.by('quay', { quay: 'south' }))).toEqual(['a', 'b']);
      expect(ids(table.by('label', { label: 'y' }))).toEqual(['a', 'c']);
      expect(table.count('heavy', {})).toBe(0);
      expect([table.tally('weight', { quay: 'north' }), table.tally('weight', { quay: 'south' })]).toEqual([
        1, 12,
      ]);
    });
  });

  it('start a total afresh when its last row leaves, so that rounding does not stay', () => {
    put(store, aCrate('b', { quay: 'south', weight: 0.1 }), aCrate('d', { quay: 'south', weight: 0.2 }));
    store.update((tx) => {
      tx.table(crates).delete('d');
      tx.table(crates).delete('b');
    });
    expect(store.view((tx) => tx.table(crates).tally('weight', { quay: 'south' }))).toBe(0);
  });
});

describe('iteration while writing', () => {
  it('goes on to the next key that is there by then', () => {
    put(store, aCrate('a'), aCrate('b'), aCrate('d'), aCrate('e'));
    const seen = store.update((tx) => {
      const table = tx.table(crates);
      const found: string[] = [];
      for (const { id } of table.by('quay', { quay: 'north' })) {
        found.push(id);
        if (id === 'a') {
          table.delete('a');
          table.delete('b');
          table.put(aCrate('c'));
        }
        if (id === 'd') table.put(aCrate('d', { quay: 'south' }));
        if (id === 'e') table.put(aCrate('a0'));
      }
      return found;
    });
    expect(seen).toEqual(['a', 'c', 'd', 'e']);
    expect(allIds(store)).toEqual(['a0', 'c', 'd', 'e']);
  });

  it('survives the removal of every row', () => {
    const all = Array.from({ length: 1000 }, (_, place) => String(place).padStart(4, '0'));
    put(store, ...all.map((id) => aCrate(id)));
    const seen = store.update((tx) => {
      const table = tx.table(crates);
      return (
        [...table.all()].length +
        [...table.by('quay', { quay: 'north' })].filter(({ id }) => table.delete(id)).length
      );
    });
    expect(seen).toBe(2000);
    expect(store.view((tx) => tx.table(crates).size)).toBe(0);
  });
});

describe('transactions', () => {
  it('leave nothing behind when they throw', async () => {
    put(store, aCrate('a', { labels: ['x'] }), aCrate('b', { quay: 'south' }));
    const heard: unknown[] = [];
    store.watch(crates, (changes) => heard.push(changes));
    const attempt = (): void =>
      store.update((tx) => {
        const table = tx.table(crates);
        table.put(aCrate('a', { quay: 'south', weight: 500 }));
        table.put(aCrate('c', { labels: ['x'] }));
        table.delete('b');
        throw new Error('changed my mind');
      });
    expect(attempt).toThrow('changed my mind');
    store.view((tx) => {
      const table = tx.table(crates);
      expect(ids(table.all())).toEqual(['a', 'b']);
      expect(table.get('a')?.version).toBe(1);
      expect(ids(table.by('label', { label: 'x' }))).toEqual(['a']);
      expect(table.count('heavy', {})).toBe(0);
      expect([table.tally('weight', { quay: 'north' }), table.tally('weight', { quay: 'south' })]).toEqual([
        1, 1,
      ]);
    });
    expect(heard).toEqual([]);
    expect(store.revision).toBe(1);
    journal.flush();
    expect((await loadRows(journal)).rows).toHaveLength(2);
  });

  it('bring back totals to the last bit', () => {
    put(store, aCrate('a', { weight: 0.1 }), aCrate('b', { weight: 0.7 }));
    const total = (): number => store.view((tx) => tx.table(crates).tally('weight', { quay: 'north' }));
    const before = total();
    const attempt = (): void =>
      store.update((tx) => {
        tx.table(crates).put(aCrate('c', { weight: 0.2 }));
        throw new Error('no');
      });
    expect(attempt).toThrow('no');
    expect(total()).toBe(before);
    expect(before + 0.2 - 0.2).not.toBe(before);
  });

  it('refuse a row that a tally cannot take, and can go on without it', () => {
    store.update((tx) => {
      const table = tx.table(crates);
      table.put(aCrate('a'));
      expect(() => table.put(aCrate('a', { weight: Number.NaN, quay: 'south', labels: ['x'] }))).toThrow(
        'no weight',
      );
    });
    store.view((tx) => {
      const table = tx.table(crates);
      expect([...table.all()]).toEqual([{ ...aCrate('a'), version: 1 }]);
      expect([table.count('label', { label: 'x' }), table.tally('weight', { quay: 'north' })]).toEqual([
        0, 1,
      ]);
    });
  });

  it('are undone when the journal refuses them', async () => {
    await journal.close();
    expect(() => put(store, aCrate('a'))).toThrow('the journal is closed');
    expect([store.revision, allIds(store)]).toEqual([0, []]);
  });

  it.each([
    ['an update inside an update', () => store.update(() => store.update(() => 0))],
    ['an update inside a view', () => store.view(() => store.update(() => 0))],
    ['a view inside an update', () => store.update(() => store.view(() => 0))],
  ])('refuse %s', (name, nest) => {
    expect(nest).toThrow(name);
    put(store, aCrate('a'));
    expect(allIds(store)).toEqual(['a']);
  });

  it('allow a view inside a view', () => {
    expect(store.view(() => store.view((tx) => tx.table(crates).size))).toBe(0);
  });

  it('refuse an asynchronous function before anything is committed', () => {
    const run = ((tx: Parameters<Parameters<Store['update']>[0]>[0]) => {
      tx.table(crates).put(aCrate('a'));
      return Promise.resolve();
    }) as unknown as () => number;
    expect(() => store.update(run)).toThrow('must not be asynchronous');
    expect([store.revision, allIds(store)]).toEqual([0, []]);
  });

  it('cannot be used after their end, nor can their iterators', () => {
    put(store, aCrate('a'), aCrate('b'));
    const table = store.view((tx) => tx.table(crates));
    expect(() => table.get('a')).toThrow('after it had ended');
    const rows = store.view((tx) => {
      const iterator = tx.table(crates).all();
      iterator.next();
      return iterator;
    });
    expect(() => rows.next()).toThrow('after it had ended');
  });

  it('refuse a table that the store was not opened with', () => {
    const strange = defineTable<Crate>()({ ...crates, name: 'strange' });
    expect(() => store.view((tx) => tx.table(strange))).toThrow('strange');
    expect(() => store.watch(strange, () => undefined)).toThrow('strange');
  });

  it('end with the store', async () => {
    await store.close();
    expect(() => put(store, aCrate('a'))).toThrow('the store is closed');
  });
});

describe('watch', () => {
  const shape = (changes: readonly Change<Crate>[]): unknown[] =>
    changes.map(({ key, before, after }) => [key, before?.weight, after?.weight]);

  it('hears each commit of its table, each row once', () => {
    const heard: unknown[] = [];
    put(store, aCrate('a'), aCrate('b'));
    store.watch(crates, (changes) => heard.push(shape(changes)));
    store.update((tx) => {
      const table = tx.table(crates);
      table.put(aCrate('a', { weight: 2 }));
      table.put(aCrate('a', { weight: 3 }));
      table.put(aCrate('new', { weight: 1 }));
      table.put(aCrate('new', { weight: 2 }));
      table.put(aCrate('passing'));
      table.delete('passing');
      table.put(aCrate('b', { weight: 9 }));
      table.delete('b');
    });
    store.update((tx) => tx.table(visitors).put({ name: 'eve' }));
    expect(heard).toEqual([
      [
        ['a', 1, 3],
        ['new', undefined, 2],
        ['b', 1, undefined],
      ],
    ]);
  });

  it('is silent, and no revision passes, when nothing changed after all', () => {
    const heard: unknown[] = [];
    store.watch(crates, (changes) => heard.push(changes));
    store.update((tx) => {
      tx.table(crates).put(aCrate('passing'));
      tx.table(crates).delete('passing');
    });
    store.update((tx) => tx.table(crates).delete('none'));
    expect([heard, store.revision]).toEqual([[], 0]);
  });

  it('tells all listeners of a commit before any of the commit that a listener made', () => {
    const heard: string[] = [];
    store.watch(crates, ([change]) => {
      heard.push(`first ${change?.key}`);
      if (change?.key === 'a') put(store, aCrate('b'));
      heard.push(`first done ${change?.key}`);
    });
    store.watch(crates, ([change]) => heard.push(`second ${change?.key}`));
    put(store, aCrate('a'));
    expect(heard).toEqual(['first a', 'first done a', 'second a', 'first b', 'first done b', 'second b']);
  });

  it('logs the error of a listener and goes on', () => {
    const logged: string[] = [];
    const heard: string[] = [];
    const log: Log = { ...silentLog, error: (_, message) => logged.push(message) };
    return open(journal, log).then((other) => {
      other.watch(crates, () => {
        throw new Error('deaf');
      });
      other.watch(crates, ([change]) => heard.push(change!.key));
      put(other, aCrate('a'));
      put(other, aCrate('b'));
      expect(heard).toEqual(['a', 'b']);
      expect(logged).toHaveLength(2);
    });
  });

  it('ends at once, even between two listeners of one commit', () => {
    const heard: string[] = [];
    store.watch(crates, () => stop());
    const stop = store.watch(crates, () => heard.push('too late'));
    put(store, aCrate('a'));
    expect(heard).toEqual([]);
  });

  it('starts with the next commit', () => {
    const heard: string[] = [];
    const stop = store.watch(crates, () => {
      stop();
      store.watch(crates, ([change]) => heard.push(change!.key));
    });
    put(store, aCrate('a'));
    put(store, aCrate('b'));
    expect(heard).toEqual(['b']);
  });
});

describe('durability', () => {
  it('counts only commits of durable tables', () => {
    store.update((tx) => tx.table(visitors).put({ name: 'eve' }));
    expect(store.revision).toBe(0);
    put(store, aCrate('a'));
    expect(store.revision).toBe(1);
  });

  it('waits for the journal, and not when there is nothing to wait for', async () => {
    await store.durable();
    put(store, aCrate('a'));
    const states: string[] = [];
    const waiting = store.durable().then(() => states.push('durable'));
    await store.durable(0);
    expect(states).toEqual([]);
    journal.flush();
    await waiting;
    expect(states).toEqual(['durable']);
  });

  it('comes back after a crash with what was durable and nothing else', async () => {
    put(store, aCrate('a', { labels: ['x'] }), aCrate('b'));
    put(store, aCrate('c'));
    store.update((tx) => tx.table(crates).delete('b'));
    store.update((tx) => tx.table(visitors).put({ name: 'eve' }));
    journal.flush(3);
    put(store, aCrate('lost'));
    const next = await open(journal.crash());
    expect([next.revision, allIds(next)]).toEqual([3, ['a', 'c']]);
    next.view((tx) => {
      expect(tx.table(visitors).size).toBe(0);
      expect(tx.table(crates).get('a')).toEqual({ ...aCrate('a', { labels: ['x'] }), version: 1 });
      expect(tx.table(crates).tally('weight', { quay: 'north' })).toBe(2);
      expect(ids(tx.table(crates).by('label', { label: 'x' }))).toEqual(['a']);
    });
  });

  it('refuses a journal with rows of an unknown table or under another key', async () => {
    journal.append(1, [{ table: 'boats', key: 'a', shape: 1, row: { version: 1 } }]);
    journal.flush();
    await expect(open(journal)).rejects.toThrow(
      'a table boats that is not known here: start the release that wrote it',
    );
    const other = new MemoryJournal({ durability: 'immediate' });
    other.append(1, [{ table: 'crates', key: 'a', shape: 1, row: { ...aCrate('b'), version: 1 } }]);
    await expect(open(other)).rejects.toThrow('the row b of table crates under the key a');
  });

  describe('with rows of earlier releases', () => {
    interface Barge {
      readonly version: number;
      readonly id: string;
      readonly tons: number;
      readonly quay: string;
    }
    const barges = defineTable<Barge>()({
      name: 'barges',
      durable: true,
      migrations: [
        { shape: 2, migrate: renameMembers({ weight: 'tons' }) },
        { shape: 3, migrate: (row) => ({ ...row, tons: Number(row['tons']) / 1000, quay: 'north' }) },
      ],
      key: ({ id }) => id,
      indexes: { quay: indexOn<Barge>()('quay') },
      tallies: {},
    });
    const openBarges = (from: MemoryJournal): Promise<Store> =>
      openStore({ tables: [barges], journal: from, log: silentLog });
    const stored = (key: string, shape: number, row: object) => ({
      table: 'barges',
      key,
      shape,
      row: { id: key, version: 7, ...row },
    });

    beforeEach(() => {
      journal.append(1, [
        stored('a', 1, { weight: 5000 }),
        stored('b', 2, { tons: 6000 }),
        stored('c', 3, { tons: 7, quay: 'south' }),
      ]);
      journal.flush();
    });

    it('takes each through the steps that it lacks, and indexes what becomes of it', async () => {
      const store = await openBarges(journal);
      store.view((tx) => {
        expect([...tx.table(barges).all()]).toEqual([
          { id: 'a', tons: 5, quay: 'north', version: 7 },
          { id: 'b', tons: 6, quay: 'north', version: 7 },
          { id: 'c', tons: 7, quay: 'south', version: 7 },
        ]);
        expect(tx.table(barges).count('quay', { quay: 'north' })).toBe(2);
      });
      expect(store.revision).toBe(1);
    });

    it('starts again after an end between two of their changes, with some in the new shape and some not', async () => {
      const store = await openBarges(journal);
      store.update((tx) => tx.table(barges).put({ ...tx.table(barges).get('a')!, tons: 50 }));
      journal.flush();
      store.update((tx) => tx.table(barges).put({ ...tx.table(barges).get('b')!, tons: 60 }));
      const left = journal.crash();
      const { rows } = await loadRows(left);
      expect(rows.map(({ shape }) => shape)).toEqual([3, 2, 3]);
      const next = await openBarges(left);
      expect(next.view((tx) => Array.from(tx.table(barges).all(), ({ tons }) => tons))).toEqual([50, 6, 7]);
    });

    it('writes them in today’s shape when asked to, some at a time, and tells nobody: no row has changed', async () => {
      const store = await openBarges(journal);
      const before = store.view((tx) => [...tx.table(barges).all()]);
      const heard = vi.fn<() => void>();
      store.watch(barges, heard);
      expect(store.writeOlderRows(0)).toBe(2);
      expect(store.writeOlderRows(1)).toBe(1);
      journal.flush();
      expect(store.writeOlderRows(1)).toBe(0);
      // A kill between the two: one row is in the one shape, one in the other.
      const left = journal.crash();
      const { rows } = await loadRows(left);
      expect(Object.fromEntries(rows.map(({ key, shape }) => [key, shape]))).toEqual({ a: 1, b: 3, c: 3 });
      const next = await openBarges(left);
      expect(next.view((tx) => [...tx.table(barges).all()])).toEqual(before);
      expect(next.writeOlderRows(Infinity)).toBe(0);
      left.flush();
      expect((await openBarges(left.crash())).writeOlderRows(0)).toBe(0);
      expect(heard).not.toHaveBeenCalled();
    });

    it('writes none back that was changed or deleted meanwhile', async () => {
      const store = await openBarges(journal);
      store.update((tx) => tx.table(barges).put({ ...tx.table(barges).get('a')!, tons: 50 }));
      store.update((tx) => tx.table(barges).delete('b'));
      expect([store.writeOlderRows(1), store.revision]).toEqual([0, 3]);
      journal.flush();
      const next = await openBarges(journal.crash());
      expect(next.view((tx) => Array.from(tx.table(barges).all(), ({ tons }) => tons))).toEqual([50, 7]);
    });

    it('refuses those of a later release', async () => {
      journal.append(2, [stored('d', 4, {})]);
      journal.flush();
      await expect(openBarges(journal)).rejects.toThrow(
        'rows of table barges in shape 4, and this Longshore knows',
      );
    });

    it('refuses tables whose steps do not follow each other', async () => {
      const gap = { ...barges, migrations: [{ shape: 3, migrate: (row: StoredRow) => row }] };
      await expect(openStore({ tables: [gap], journal, log: silentLog })).rejects.toThrow(
        'one after the other',
      );
    });
  });

  it('refuses two tables of one name', async () => {
    const twice = openStore({ tables: [crates, { ...crates }], journal, log: silentLog });
    await expect(twice).rejects.toThrow('same name');
  });
});
