// The rows of one table with its indexes and tallies, and what the running transaction has done to them.
import type { Entry } from './sorted-entries.ts';
import type { Change } from './store.ts';
import { TableIndex, type Lease } from './table-index.ts';
import { TableTally } from './table-tally.ts';
import type { Index, IndexValue } from './index-on.ts';
import type { Row, Table, Tally } from './table.ts';

/** A table of whatever row: `any` because a table takes its row as an argument, so no other type accepts them all. */
export type AnyTable = Table<any, any, any>;

interface Indexed<R> {
  readonly declared: Index<R, object>;
  readonly index: TableIndex<R>;
}

const everyRow = 'all';

/** Holds a table in memory. */
export class TableState<R extends Row> {
  readonly table: AnyTable;
  readonly #entries = new Map<string, Entry<R>>();
  readonly #all = new TableIndex<R>();
  readonly #indexes = new Map<string, Indexed<R>>();
  readonly #tallies = new Map<string, TableTally<R, unknown>>();
  /** The rows that the running transaction has changed, as they were before it. */
  readonly #before = new Map<string, R | undefined>();

  constructor(table: AnyTable) {
    this.table = table;
    const indexes = table.indexes as Readonly<Record<string, Index<R, object>>>;
    for (const [name, declared] of Object.entries(indexes)) {
      this.#indexes.set(name, { declared, index: new TableIndex() });
    }
    const tallies = table.tallies as Readonly<Record<string, Tally<R, unknown>>>;
    for (const [name, tally] of Object.entries(tallies)) {
      this.#tallies.set(name, new TableTally(tally));
    }
  }

  get size(): number {
    return this.#entries.size;
  }

  get(key: string): R | undefined {
    return this.#entries.get(key)?.row;
  }

  all(after: string | undefined, lease: Lease): Generator<R, undefined> {
    return this.#all.rows(everyRow, after, lease);
  }

  by(name: string, key: object, after: string | undefined, lease: Lease): Generator<R, undefined> {
    const { declared, index } = this.#index(name);
    return index.rows(declared.keyOf(key), after, lease);
  }

  count(name: string, key: object): number {
    const { declared, index } = this.#index(name);
    return index.count(declared.keyOf(key));
  }

  tally(name: string, group: object): unknown {
    const tally = this.#tallies.get(name);
    if (tally === undefined) throw new Error(`table ${this.table.name} has no tally ${name}`);
    return tally.total(group);
  }

  /** Whether anything was written since the last `settle` or `rollback`. */
  get touched(): boolean {
    return this.#before.size > 0;
  }

  /** Adds a row that has always been there: no change. `settle` when the last is in. */
  load(key: string, row: R): void {
    this.#replace(key, row);
  }

  /** Sets, or with undefined removes, the row of `key` until `settle` or `rollback`. */
  write(key: string, row: R | undefined): void {
    const before = this.get(key);
    this.#replace(key, row);
    if (!this.#before.has(key)) this.#before.set(key, before);
  }

  /** What was written since the last `settle` or `rollback`, one change a row, in order of the first write. */
  changes(): Change<R>[] {
    const changes: Change<R>[] = [];
    for (const [key, before] of this.#before) {
      const after = this.get(key);
      if (after !== before) changes.push({ key, before, after });
    }
    return changes;
  }

  settle(): void {
    this.#before.clear();
    for (const tally of this.#tallies.values()) tally.settle();
  }

  rollback(): void {
    for (const [key, before] of this.#before) this.#replace(key, before);
    this.#before.clear();
    for (const tally of this.#tallies.values()) tally.rollback();
  }

  #index(name: string): Indexed<R> {
    const indexed = this.#indexes.get(name);
    if (indexed === undefined) throw new Error(`table ${this.table.name} has no index ${name}`);
    return indexed;
  }

  /** All that the table's own functions may throw is computed before the first change. */
  #replace(key: string, row: R | undefined): void {
    const known = this.#entries.get(key);
    const before = known?.row;
    if (row === before) return;
    const from = this.#valuesOf(before);
    const to = this.#valuesOf(row);
    const totals = [...this.#tallies.values()].map((tally) => ({ tally, changes: tally.plan(before, row) }));
    const entry = this.#setEntry(key, known, row);
    let place = 0;
    for (const { index } of this.#indexes.values()) {
      index.move(entry, from?.[place], to?.[place]);
      place += 1;
    }
    for (const { tally, changes } of totals) tally.apply(changes);
  }

  #valuesOf(row: R | undefined): IndexValue[] | undefined {
    return row === undefined
      ? undefined
      : [...this.#indexes.values()].map(({ declared }) => declared.valueOf(row));
  }

  /** `row` and `known` are not both undefined: replacing nothing by nothing ended before. */
  #setEntry(key: string, known: Entry<R> | undefined, row: R | undefined): Entry<R> {
    if (known === undefined) {
      const entry = { key, row: row! };
      this.#entries.set(key, entry);
      this.#all.move(entry, undefined, everyRow);
      return entry;
    }
    if (row === undefined) {
      this.#entries.delete(key);
      this.#all.move(known, everyRow, undefined);
    } else {
      known.row = row;
    }
    return known;
  }
}
