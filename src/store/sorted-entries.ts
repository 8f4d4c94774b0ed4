// Entries in key order: a list of short sorted chunks, so that one insert moves few items whatever the size.

/** A row under its key: one object a row, shared by all indexes, so that replacing a row moves nothing. */
export interface Entry<R> {
  readonly key: string;
  row: R;
}

const chunkLimit = 256;

/** Unique keys, ascending by UTF-16 code unit. */
export class SortedEntries<R> {
  /** None is empty; every key of one is less than every key of the next. */
  readonly #chunks: Entry<R>[][] = [];
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** Adds an entry whose key is not in yet. */
  insert(entry: Entry<R>): void {
    this.#size += 1;
    const at = Math.min(this.#chunkOf(entry.key), this.#chunks.length - 1);
    const chunk = this.#chunks[at];
    if (chunk === undefined) {
      this.#chunks.push([entry]);
      return;
    }
    if (chunk.length < chunkLimit) {
      insertInto(chunk, entry);
      return;
    }
    // Ascending inserts (a load, ids that grow with time) fill chunks instead of leaving halves behind.
    const ascending = entry.key > chunk[chunk.length - 1]!.key;
    const upper = ascending ? [] : chunk.splice(chunkLimit / 2);
    this.#chunks.splice(at + 1, 0, upper);
    insertInto(ascending || entry.key > chunk[chunk.length - 1]!.key ? upper : chunk, entry);
  }

  /** Removes the entry of `key`; answers whether it was there. */
  delete(key: string): boolean {
    const at = this.#chunkOf(key);
    const chunk = this.#chunks[at];
    if (chunk === undefined) return false;
    const place = firstFrom(chunk, key);
    if (chunk[place]?.key !== key) return false;
    chunk.splice(place, 1);
    this.#size -= 1;
    this.#shrink(at, chunk);
    return true;
  }

  /** A cursor before the first entry, or before the first whose key is greater than `after`. */
  cursor(after?: string): Cursor<R> {
    if (after === undefined) return new Cursor(this.#chunks, 0, 0);
    const at = this.#chunkOf(after);
    const chunk = this.#chunks[at];
    if (chunk === undefined) return new Cursor(this.#chunks, at, 0);
    const place = firstFrom(chunk, after);
    return new Cursor(this.#chunks, at, chunk[place]?.key === after ? place + 1 : place);
  }

  /** The number of the first chunk that ends at or after `key`; the number of chunks when all end before it. */
  #chunkOf(key: string): number {
    const chunks = this.#chunks;
    let low = 0;
    let high = chunks.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const chunk = chunks[middle]!;
      if (chunk[chunk.length - 1]!.key < key) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Folds a chunk that has become short into a neighbour that has room, so that deletes leave no crumbs. */
  #shrink(at: number, chunk: Entry<R>[]): void {
    if (chunk.length === 0) {
      this.#chunks.splice(at, 1);
      return;
    }
    if (chunk.length > chunkLimit / 4) return;
    const left = this.#chunks[at - 1] === undefined ? at : at - 1;
    const lower = this.#chunks[left]!;
    const upper = this.#chunks[left + 1];
    if (upper === undefined || lower.length + upper.length > chunkLimit / 2) return;
    lower.push(...upper);
    this.#chunks.splice(left + 1, 1);
  }
}

/** Walks entries upward. Good until entries are added or removed; who changes them takes a new one. */
export class Cursor<R> {
  readonly #chunks: readonly (readonly Entry<R>[])[];
  #chunk: number;
  #place: number;

  constructor(chunks: readonly (readonly Entry<R>[])[], chunk: number, place: number) {
    this.#chunks = chunks;
    this.#chunk = chunk;
    this.#place = place;
  }

  /** The next entry, or undefined at the end. */
  next(): Entry<R> | undefined {
    let chunk = this.#chunks[this.#chunk];
    if (chunk !== undefined && this.#place >= chunk.length) {
      this.#chunk += 1;
      this.#place = 0;
      chunk = this.#chunks[this.#chunk];
    }
    return chunk?.[this.#place++];
  }
}

function insertInto<R>(chunk: Entry<R>[], entry: Entry<R>): void {
  const last = chunk[chunk.length - 1];
  if (last === undefined || last.key < entry.key) chunk.push(entry);
  else chunk.splice(firstFrom(chunk, entry.key), 0, entry);
}

/** The place of the first entry whose key is `key` or greater. */
function firstFrom<R>(chunk: readonly Entry<R>[], key: string): number {
  let low = 0;
  let high = chunk.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (chunk[middle]!.key < key) low = middle + 1;
    else high = middle;
  }
  return low;
}
