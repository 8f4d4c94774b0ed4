// A binary heap whose entries can also be taken out of the middle: what a clock keeps its timers in.

/** Where an item is in its queue; -1 once it has left. */
export interface Entry<T> {
  readonly item: T;
  at: number;
}

/** Gives items in the order of `isBefore`, a total order; adding and removing take logarithmic time. */
export class PriorityQueue<T> {
  readonly #isBefore: (one: T, other: T) => boolean;
  readonly #entries: Entry<T>[] = [];

  constructor(isBefore: (one: T, other: T) => boolean) {
    this.#isBefore = isBefore;
  }

  get size(): number {
    return this.#entries.length;
  }

  /** The item that comes before all others, or undefined when there is none. */
  first(): T | undefined {
    return this.#entries[0]?.item;
  }

  /** Adds `item`; the entry is for `remove`. */
  add(item: T): Entry<T> {
    const entry = { item, at: this.#entries.length };
    this.#rise(entry, this.#entries.length);
    return entry;
  }

  /** Takes the first item out. */
  take(): T | undefined {
    const entry = this.#entries[0];
    if (entry !== undefined) this.remove(entry);
    return entry?.item;
  }

  /** Takes out what `add` answered; nothing happens when it has left already. */
  remove(entry: Entry<T>): void {
    if (entry.at < 0) return;
    const hole = entry.at;
    entry.at = -1;
    const last = this.#entries.pop()!;
    if (last !== entry) this.#sink(last, hole);
  }

  /** Puts `entry` into the hole at `at` or, where parents come after it, above it. */
  #rise(entry: Entry<T>, at: number): void {
    while (at > 0) {
      const up = (at - 1) >> 1;
      const parent = this.#entries[up]!;
      if (!this.#isBefore(entry.item, parent.item)) break;
      this.#set(parent, at);
      at = up;
    }
    this.#set(entry, at);
  }

  /** Moves the hole at `at` down to where `entry` comes before both children, then lets it rise: it may be from another branch. */
  #sink(entry: Entry<T>, at: number): void {
    for (let child = this.#firstChild(at); child !== undefined; child = this.#firstChild(at)) {
      if (!this.#isBefore(child.item, entry.item)) break;
      const down = child.at;
      this.#set(child, at);
      at = down;
    }
    this.#rise(entry, at);
  }

  #firstChild(at: number): Entry<T> | undefined {
    const left = this.#entries[2 * at + 1];
    const right = this.#entries[2 * at + 2];
    if (left === undefined || right === undefined) return left;
    return this.#isBefore(right.item, left.item) ? right : left;
  }

  #set(entry: Entry<T>, at: number): void {
    this.#entries[at] = entry;
    entry.at = at;
  }
}
