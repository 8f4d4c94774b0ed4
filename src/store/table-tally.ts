// One tally of one table: the running total of each group, and what undoes it when a transaction fails.
import type { Row, Tally } from './table.ts';

interface Cell<T> {
  readonly total: T;
  /** How many rows are in the total; at none the group is forgotten, so that rounding never lingers. */
  readonly rows: number;
}

/** What one changed row does to the groups, worked out before anything is changed. */
type CellChanges<T> = readonly (readonly [group: string, cell: Cell<T> | undefined])[];

/** Totals by group. */
export class TableTally<R extends Row, T> {
  readonly #tally: Tally<R, T>;
  readonly #cells = new Map<string, Cell<T>>();
  /** The cells that the running transaction has changed, as they were before it. */
  readonly #before = new Map<string, Cell<T> | undefined>();

  constructor(tally: Tally<R, T>) {
    this.#tally = tally;
  }

  total(group: object): T {
    return this.#cells.get(this.#tally.group.keyOf(group))?.total ?? this.#tally.empty;
  }

  /** What replacing `before` by `after` does; throws only what the tally's own functions throw. */
  plan(before: R | undefined, after: R | undefined): CellChanges<T> {
    const from = before === undefined ? undefined : this.#tally.group.valueOf(before);
    const to = after === undefined ? undefined : this.#tally.group.valueOf(after);
    const left = from === undefined ? undefined : this.#without(this.#cells.get(from), before!);
    if (to === undefined) return from === undefined ? [] : [[from, left]];
    if (from === to) return [[to, this.#with(left, after!)]];
    const joined = this.#with(this.#cells.get(to), after!);
    return from === undefined
      ? [[to, joined]]
      : [
          [from, left],
          [to, joined],
        ];
  }

  apply(changes: CellChanges<T>): void {
    for (const [group, cell] of changes) {
      if (!this.#before.has(group)) this.#before.set(group, this.#cells.get(group));
      this.#set(group, cell);
    }
  }

  /** Makes the totals since the last `settle` or `rollback` final. */
  settle(): void {
    this.#before.clear();
  }

  /** Brings back the totals as they were, exactly: nothing is computed. */
  rollback(): void {
    for (const [group, cell] of this.#before) this.#set(group, cell);
    this.#before.clear();
  }

  #set(group: string, cell: Cell<T> | undefined): void {
    if (cell === undefined) this.#cells.delete(group);
    else this.#cells.set(group, cell);
  }

  #with(cell: Cell<T> | undefined, row: R): Cell<T> {
    return {
      total: this.#tally.add(cell === undefined ? this.#tally.empty : cell.total, row),
      rows: (cell?.rows ?? 0) + 1,
    };
  }

  #without(cell: Cell<T> | undefined, row: R): Cell<T> | undefined {
    if (cell === undefined || cell.rows === 1) return undefined;
    return { total: this.#tally.remove(cell.total, row), rows: cell.rows - 1 };
  }
}
