// The store: all tables in memory, one transaction at a time, each commit handed to the journal.
import type { Log } from '../lib/log.ts';
import { deepFreeze } from './deep-freeze.ts';
import { JournalFailedError, type Journal, type JournalChange, type LoadedRow } from './journal.ts';
import type { Change, NotPromise, ReadTransaction, Seen, Store, WriteTransaction } from './store.ts';
import type { Lease } from './table-index.ts';
import {
  checkMigrations,
  migrateRow,
  newerShape,
  shapeOf,
  type StoredRow,
  type TableShapes,
} from './row-migration.ts';
import { TableState, type AnyTable } from './table-state.ts';
import type { Row } from './table.ts';
import { TableReader, TableWriter } from './transaction.ts';
import { Watchers } from './watchers.ts';

export interface StoreOptions {
  /** Every table there is; a transaction on another one throws. */
  readonly tables: readonly AnyTable[];
  readonly journal: Journal;
  readonly log: Log;
  /** Freezes every row all through, so that code that changes a stored row throws. For tests: it costs time. */
  readonly freezeRows?: boolean;
}

/**
 * Loads the journal and answers the store; rejects when the journal refuses or holds rows of no known table, and the
 * journal is closed then.
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  const states = new Map<AnyTable, TableState<Row>>();
  for (const table of options.tables) states.set(table, new TableState(table));
  try {
    const rows: LoadedRow[] = [];
    const take = (page: readonly LoadedRow[]): void => void rows.push(...page);
    const revision = await options.journal.load(take, shapesOf(options.tables));
    const older = fill(states, rows);
    await options.journal.verify();
    return new MemoryStore(options, states, older, revision);
  } catch (error) {
    // What it then says is what it said before, or of less interest.
    await options.journal.close().catch(() => undefined);
    throw error;
  }
}

function shapesOf(tables: readonly AnyTable[]): TableShapes {
  tables.forEach(checkMigrations);
  return Object.fromEntries(
    tables.filter(({ durable }) => durable).map((table) => [table.name, shapeOf(table)]),
  );
}

/** A row that lies in the journal in an older shape than this one. */
interface OlderRow {
  readonly state: TableState<Row>;
  readonly key: string;
  readonly row: Row;
}

/** Groups the loaded rows by table and puts them in key order, which lets every index grow at its end. */
function fill(states: ReadonlyMap<AnyTable, TableState<Row>>, rows: readonly LoadedRow[]): OlderRow[] {
  const byName = new Map([...states.values()].map((state) => [state.table.name, state]));
  if (byName.size !== states.size) throw new Error('two tables of the store have the same name');
  const older: OlderRow[] = [];
  const ordered = rows.toSorted((one, other) => (one.key < other.key ? -1 : one.key > other.key ? 1 : 0));
  for (const { table, key, shape, row: stored } of ordered) {
    const state = byName.get(table);
    if (state === undefined) throw newerShape(table, shape, undefined);
    const row = migrateRow(state.table, shape, stored as StoredRow) as unknown as Row;
    // The row's own key string, not the journal's equal one: two of each would stay in memory.
    const own = state.table.key(row) as string;
    if (own !== key)
      throw new Error(`the journal holds the row ${own} of table ${table} under the key ${key}`);
    state.load(own, row);
    if (shape < shapeOf(state.table)) older.push({ state, key: own, row });
  }
  for (const state of states.values()) state.settle();
  return older;
}

const same = <T>(row: T): T => row;

class MemoryStore implements Store {
  readonly #states: ReadonlyMap<AnyTable, TableState<Row>>;
  readonly #journal: Journal;
  readonly #watchers: Watchers;
  readonly #prepare: (row: Row) => Row;
  readonly #older: OlderRow[];
  #revision: number;
  /** The newest revision that was visible to a transaction since the innermost `observe` began. */
  #seen = 0;
  #running: 'view' | 'update' | undefined;
  #closed = false;

  constructor(
    options: StoreOptions,
    states: ReadonlyMap<AnyTable, TableState<Row>>,
    older: OlderRow[],
    revision: number,
  ) {
    this.#states = states;
    this.#older = older;
    this.#journal = options.journal;
    this.#watchers = new Watchers(options.log);
    this.#prepare = options.freezeRows === true ? deepFreeze : same;
    this.#revision = revision;
  }

  get revision(): number {
    return this.#revision;
  }

  view<T>(run: (tx: ReadTransaction) => NotPromise<T>): T {
    if (this.#running === 'update') throw new Error('a view inside an update: read through its transaction');
    const outer = this.#running;
    this.#running = 'view';
    this.#seen = this.#revision;
    const lease = { open: true };
    try {
      return refusePromise(run(this.#reading(lease)));
    } finally {
      lease.open = false;
      this.#running = outer;
    }
  }

  update<T>(run: (tx: WriteTransaction) => NotPromise<T>): T {
    if (this.#running !== undefined)
      throw new Error(`an update inside ${article[this.#running]}: one at a time`);
    if (this.#closed) throw new Error('the store is closed');
    this.#running = 'update';
    this.#seen = this.#revision;
    const lease = { open: true };
    let result: T;
    try {
      result = refusePromise(run(this.#writing(lease)));
      this.#commit();
    } catch (error) {
      for (const state of this.#touched()) state.rollback();
      throw error;
    } finally {
      lease.open = false;
      this.#running = undefined;
    }
    this.#seen = this.#revision;
    // Not what the caller sees.
    this.observe({ revision: 0 }, () => this.#watchers.deliver());
    return result;
  }

  observe<T>(seen: Seen, run: () => T): T {
    const outer = this.#seen;
    this.#seen = seen.revision;
    try {
      return run();
    } finally {
      seen.revision = this.#seen;
      this.#seen = outer;
    }
  }

  durable(revision: number = this.#revision): Promise<void> {
    return this.#journal.durable(Math.min(revision, this.#revision));
  }

  isUnsaved(error: unknown): boolean {
    return error instanceof JournalFailedError;
  }

  writeOlderRows(most: number): number {
    if (this.#closed) throw new Error('the store is closed');
    for (let written = 0; written < most && this.#older.length > 0;) {
      const { state, key, row } = this.#older.pop()!;
      // One that has changed since was written then.
      if (state.get(key) !== row) continue;
      // A commit each: the journal puts them together, as many as it takes at once.
      const change = { table: state.table.name, key, shape: shapeOf(state.table), row };
      this.#journal.append(this.#revision + 1, [change]);
      this.#revision += 1;
      written += 1;
    }
    return this.#older.length;
  }

  watch(table: AnyTable, listener: (changes: readonly Change<any>[]) => void): () => void {
    this.#state(table);
    return this.#watchers.add(table, listener);
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#journal.close();
  }

  #commit(): void {
    const touched = this.#touched();
    const commits = touched.map((state) => ({ table: state.table, changes: state.changes() }));
    const written = commits.filter(({ table }) => table.durable).flatMap(journalChanges);
    // First the journal: when it refuses the commit, the transaction can still be undone.
    if (written.length > 0) {
      this.#journal.append(this.#revision + 1, written);
      this.#revision += 1;
    }
    for (const state of touched) state.settle();
    for (const { table, changes } of commits) {
      if (changes.length > 0) this.#watchers.enqueue(table, changes);
    }
  }

  #touched(): TableState<Row>[] {
    return [...this.#states.values()].filter((state) => state.touched);
  }

  // The contract infers a table's row from the table; inside, rows of all tables pass through one type.
  #reading(lease: Lease): ReadTransaction {
    return { table: (table: AnyTable) => new TableReader(this.#state(table), lease) } as ReadTransaction;
  }

  #writing(lease: Lease): WriteTransaction {
    return {
      table: (table: AnyTable) => new TableWriter(this.#state(table), lease, this.#prepare),
    } as WriteTransaction;
  }

  #state(table: AnyTable): TableState<Row> {
    const state = this.#states.get(table);
    if (state === undefined) throw new Error(`table ${table.name} is not one of this store's`);
    return state;
  }
}

interface TableCommit {
  readonly table: AnyTable;
  readonly changes: readonly Change<Row>[];
}

const journalChanges = ({ table, changes }: TableCommit): JournalChange[] =>
  changes.map(({ key, after }) => ({ table: table.name, key, shape: shapeOf(table), row: after }));

const article = { view: 'a view', update: 'an update' } as const;

/** The types forbid a promise; this catches what got around them, before any of it is committed. */
function refusePromise<T>(result: T): T {
  if (result instanceof Promise) throw new Error('a transaction must not be asynchronous');
  return result;
}
