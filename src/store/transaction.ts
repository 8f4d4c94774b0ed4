// What a transaction hands out: tables that work while it runs and refuse afterwards.
import type { ReadTable, WriteTable } from './store.ts';
import { leaseOver, type Lease } from './table-index.ts';
import type { AnyTable, TableState } from './table-state.ts';
import type { Row, Unversioned } from './table.ts';

/** A table as a transaction reads it. */
export class TableReader<R extends Row> implements Omit<ReadTable<AnyTable>, 'tally'> {
  readonly #state: TableState<R>;
  readonly #lease: Lease;

  constructor(state: TableState<R>, lease: Lease) {
    this.#state = state;
    this.#lease = lease;
  }

  get size(): number {
    return this.state().size;
  }

  get(key: string): R | undefined {
    return this.state().get(key);
  }

  all(after?: string): IterableIterator<R> {
    return this.state().all(after, this.#lease);
  }

  by(index: string, key: object, after?: string): IterableIterator<R> {
    return this.state().by(index, key, after, this.#lease);
  }

  count(index: string, key: object): number {
    return this.state().count(index, key);
  }

  tally(name: string, group: object): unknown {
    return this.state().tally(name, group);
  }

  protected state(): TableState<R> {
    if (!this.#lease.open) throw new Error(leaseOver);
    return this.#state;
  }
}

/** A table as a transaction writes it. */
export class TableWriter<R extends Row>
  extends TableReader<R>
  implements Omit<WriteTable<AnyTable>, 'tally'>
{
  readonly #prepare: (row: R) => R;

  /** `prepare` sees each new row once, before it is stored. */
  constructor(state: TableState<R>, lease: Lease, prepare: (row: R) => R) {
    super(state, lease);
    this.#prepare = prepare;
  }

  put(row: Unversioned<R>): R {
    const state = this.state();
    const key = state.table.key(row);
    const next = this.#prepare({ ...row, version: (state.get(key)?.version ?? 0) + 1 } as R);
    state.write(key, next);
    return next;
  }

  delete(key: string): boolean {
    const state = this.state();
    if (state.get(key) === undefined) return false;
    state.write(key, undefined);
    return true;
  }
}
