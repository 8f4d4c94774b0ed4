// The contract of the store: synchronous, serialisable transactions over tables in memory, made durable by a journal.
import type { Index } from './index-on.ts';
import type { Row, Table, Tally, Unversioned } from './table.ts';

type RowOf<T> = T extends Table<infer R, any, any> ? R : never;
type IndexesOf<T> = T extends Table<any, infer I, any> ? I : never;
type IndexOf<T> = keyof IndexesOf<T> & string;
type KeyOf<I> = I extends Index<any, infer K> ? K : never;
type TalliesOf<T> = T extends Table<any, any, infer Y> ? Y : never;
type GroupOf<Y> = Y extends Tally<any, any, infer K> ? K : never;
type TotalOf<T, N extends keyof TalliesOf<T>> = TalliesOf<T>[N] extends Tally<any, infer V> ? V : never;

/**
 * A table inside a transaction. Rows are what is stored, not copies: nobody changes one. Iterations are in key order and
 * see the transaction's own writes; writing meanwhile is allowed, and each step goes to the next greater key that is
 * there by then. Nothing of a transaction, iterators included, works after its end.
 */
export interface ReadTable<T extends Table<any, any, any>> {
  readonly size: number;
  get(key: string): RowOf<T> | undefined;
  /** Every row, in key order, from the first key greater than `after`. */
  all(after?: string): IterableIterator<RowOf<T>>;
  /** The rows that the index holds under `key`, in the order of their own keys, from the first greater than `after`. */
  by<I extends IndexOf<T>>(index: I, key: KeyOf<IndexesOf<T>[I]>, after?: string): IterableIterator<RowOf<T>>;
  /** How many rows `by` would give; constant time. */
  count<I extends IndexOf<T>>(index: I, key: KeyOf<IndexesOf<T>[I]>): number;
  /** The running total of a group; the tally's `empty` when no row is in it. Constant time. */
  tally<N extends keyof TalliesOf<T> & string>(name: N, group: GroupOf<TalliesOf<T>[N]>): TotalOf<T, N>;
}

export interface WriteTable<T extends Table<any, any, any>> extends ReadTable<T> {
  /**
   * Inserts or replaces the row of that key and answers it with its new version. The row is copied, what it holds is
   * not, and must not be changed afterwards. Every put is a change, also one of equal content.
   */
  put(row: Unversioned<RowOf<T>>): RowOf<T>;
  /** Removes a row; answers whether it was there. */
  delete(key: string): boolean;
}

export interface ReadTransaction {
  table<T extends Table<any, any, any>>(table: T): ReadTable<T>;
}

export interface WriteTransaction {
  table<T extends Table<any, any, any>>(table: T): WriteTable<T>;
}

/** One row's way through one commit: `before` undefined = inserted, `after` undefined = deleted. */
export interface Change<R extends Row> {
  readonly key: string;
  readonly before: R | undefined;
  readonly after: R | undefined;
}

/** Refuses, at compile time, a transaction that returns a promise: no decision crosses an `await`. */
export type NotPromise<T> = T extends PromiseLike<unknown> ? never : T;

/** How far somebody has looked: what is told of it survives a crash once `revision` is durable. */
export interface Seen {
  revision: number;
}

export interface Store {
  /** The number of durable-table commits so far; grows by one at each. */
  readonly revision: number;
  /** Reads one consistent state. `run` must not keep the transaction. */
  view<T>(run: (tx: ReadTransaction) => NotPromise<T>): T;
  /** Runs one transaction; when `run` throws, nothing of it remains and the error is passed on. Not re-entrant. */
  update<T>(run: (tx: WriteTransaction) => NotPromise<T>): T;
  /**
   * Runs what reads and writes at once, and raises `seen` to the newest revision that it saw or made, also when it
   * throws. What listeners do to a commit of it does not count: it is told of nothing by them.
   */
  observe<T>(seen: Seen, run: () => T): T;
  /**
   * Resolves once everything up to `revision` (default, and at most: the current one) survives a crash. At once when it
   * already does; later commits do not hold it up.
   */
  durable(revision?: number): Promise<void>;
  /** Whether `update` threw this because the journal has failed, for good: nothing can be saved any more. */
  isUnsaved(error: unknown): boolean;
  /**
   * Writes up to `most` of the rows that were loaded in an older shape in today's, each a commit of its own, and answers how
   * many may be left. No row changes, so nobody is told. Throws as `Journal.append` does.
   */
  writeOlderRows(most: number): number;
  /**
   * Calls `listener` after each commit that changed `table`, in commit order, outside any transaction; it may update.
   * A row changed several times in a commit is one change; what it throws is logged and reaches nobody.
   * Not called for rows that were loaded at start. Answers the call that ends the watch.
   */
  watch<T extends Table<any, any, any>>(
    table: T,
    listener: (changes: readonly Change<RowOf<T>>[]) => void,
  ): () => void;
  /** Makes the rest durable and closes the journal. */
  close(): Promise<void>;
}
