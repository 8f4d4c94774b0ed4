// What a table is: a name, a key, the indexes that operations look rows up by, and the tallies kept over them.
import type { Index, SingleIndex } from './index-on.ts';
import type { RowMigration } from './row-migration.ts';

/** Every stored row. The store sets `version`: 1 when the row is made, one more at each change. */
export interface Row {
  readonly version: number;
}

/** A running total over the rows of a group; `add` and `remove` return a new total and never change the old one. */
export interface Tally<R extends Row, T, K = any> {
  /** The group that the row counts in; a row that is not in it counts nowhere. */
  readonly group: SingleIndex<R, K>;
  readonly empty: T;
  add(total: T, row: R): T;
  remove(total: T, row: R): T;
}

export interface Table<
  R extends Row,
  I extends Readonly<Record<string, Index<R, any>>> = Readonly<Record<string, Index<R, any>>>,
  T extends Readonly<Record<string, Tally<R, any>>> = Readonly<Record<string, Tally<R, any>>>,
> {
  readonly name: string;
  /** False: the rows describe this process only (live sessions) and are neither written nor loaded. */
  readonly durable: boolean;
  /** From the shape of the first release to today's, one step after the other; run at load. */
  readonly migrations?: readonly RowMigration[];
  key(row: R): string;
  readonly indexes: I;
  readonly tallies: T;
}

/** A row as the caller gives it: the store sets the version. */
export type Unversioned<R extends Row> = Omit<R, 'version'> & { readonly version?: number };

/** Declares a table; types of indexes and tallies are inferred. */
export function defineTable<R extends Row>() {
  return <
    const I extends Readonly<Record<string, Index<R, any>>>,
    const T extends Readonly<Record<string, Tally<R, any>>>,
  >(
    table: Table<R, I, T>,
  ): Table<R, I, T> => table;
}
