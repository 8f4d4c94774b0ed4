// One index of one table: which rows hold a value, in key order.
import { Cursor, SortedEntries, type Entry } from './sorted-entries.ts';
import type { IndexValue } from './index-on.ts';

/** Whether the transaction that handed out an iterator is still running. */
export interface Lease {
  readonly open: boolean;
}

export const leaseOver =
  'a transaction was used after it had ended: take what you need out of it as plain data';

/** Rows by value. A value that one row holds, as an id or a token does, costs no more than its place in a map. */
export class TableIndex<R> {
  readonly #buckets = new Map<string, Entry<R> | SortedEntries<R>>();
  /** Counts inserts and removals, so that iterations notice them. */
  #changes = 0;

  count(value: string): number {
    const bucket = this.#buckets.get(value);
    if (bucket === undefined) return 0;
    return bucket instanceof SortedEntries ? bucket.size : 1;
  }

  /**
   * The rows under `value` in key order, from the first key greater than `after`. Writing meanwhile is fine: each step
   * goes to the next greater key that is there by then, so a row ahead that was removed is not given, one that was
   * added is, and none is given twice.
   */
  *rows(value: string, after: string | undefined, lease: Lease): Generator<R, undefined> {
    let seen = this.#changes;
    let cursor = this.#cursor(value, after);
    for (let entry = cursor?.next(); entry !== undefined; entry = cursor?.next()) {
      yield entry.row;
      if (!lease.open) throw new Error(leaseOver);
      if (seen !== this.#changes) {
        seen = this.#changes;
        cursor = this.#cursor(value, entry.key);
      }
    }
  }

  /** Takes an entry from the values it had to those it has now. */
  move(entry: Entry<R>, from: IndexValue, to: IndexValue): void {
    if (from === to) return;
    if (typeof from !== 'object' && typeof to !== 'object') {
      if (from !== undefined) this.#remove(from, entry.key);
      if (to !== undefined) this.#add(to, entry);
      return;
    }
    const old = valuesOf(from);
    const now = valuesOf(to);
    for (const value of old) if (!now.includes(value)) this.#remove(value, entry.key);
    for (const value of now) if (!old.includes(value)) this.#add(value, entry);
  }

  #add(value: string, entry: Entry<R>): void {
    this.#changes += 1;
    const bucket = this.#buckets.get(value);
    if (bucket === undefined) this.#buckets.set(value, entry);
    else if (bucket instanceof SortedEntries) bucket.insert(entry);
    else this.#buckets.set(value, pairOf(bucket, entry));
  }

  #remove(value: string, key: string): void {
    this.#changes += 1;
    const bucket = this.#buckets.get(value);
    if (!(bucket instanceof SortedEntries)) {
      this.#buckets.delete(value);
      return;
    }
    bucket.delete(key);
    if (bucket.size === 1) this.#buckets.set(value, bucket.cursor().next()!);
  }

  #cursor(value: string, after: string | undefined): Cursor<R> | undefined {
    const bucket = this.#buckets.get(value);
    if (bucket === undefined || bucket instanceof SortedEntries) return bucket?.cursor(after);
    return after === undefined || bucket.key > after ? new Cursor([[bucket]], 0, 0) : undefined;
  }
}

function pairOf<R>(one: Entry<R>, other: Entry<R>): SortedEntries<R> {
  const pair = new SortedEntries<R>();
  pair.insert(one);
  pair.insert(other);
  return pair;
}

function valuesOf(value: IndexValue): readonly string[] {
  if (value === undefined) return [];
  return typeof value === 'string' ? [value] : [...new Set(value)];
}
