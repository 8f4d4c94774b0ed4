// Who is told of commits, and in what order.
import type { Log } from '../lib/log.ts';
import type { Change } from './store.ts';
import type { AnyTable } from './table-state.ts';

type Changes = readonly Change<any>[];

interface Watcher {
  readonly call: (changes: Changes) => void;
  watching: boolean;
}

interface Delivery {
  readonly table: AnyTable;
  readonly changes: Changes;
  /** Who watched when the commit was made. */
  readonly watchers: readonly Watcher[];
}

/** Delivers commits one after the other: what a listener commits waits until everyone has heard of the commit before. */
export class Watchers {
  readonly #log: Log;
  readonly #watchers = new Map<AnyTable, readonly Watcher[]>();
  #queue: Delivery[] = [];
  #delivering = false;

  constructor(log: Log) {
    this.#log = log;
  }

  /** Answers the call that ends the watch. */
  add(table: AnyTable, call: (changes: Changes) => void): () => void {
    const watcher: Watcher = { call, watching: true };
    this.#watchers.set(table, [...(this.#watchers.get(table) ?? []), watcher]);
    return () => {
      watcher.watching = false;
      const others = (this.#watchers.get(table) ?? []).filter((other) => other !== watcher);
      this.#watchers.set(table, others);
    };
  }

  /** Takes note of one commit's changes of a table; `deliver` passes them on. */
  enqueue(table: AnyTable, changes: Changes): void {
    const watchers = this.#watchers.get(table);
    if (watchers !== undefined && watchers.length > 0) this.#queue.push({ table, changes, watchers });
  }

  deliver(): void {
    if (this.#delivering) return;
    this.#delivering = true;
    try {
      while (this.#queue.length > 0) {
        const queue = this.#queue;
        this.#queue = [];
        for (const delivery of queue) this.#call(delivery);
      }
    } finally {
      this.#delivering = false;
    }
  }

  #call({ table, changes, watchers }: Delivery): void {
    for (const watcher of watchers) {
      if (!watcher.watching) continue;
      try {
        watcher.call(changes);
      } catch (error) {
        this.#log.error({ err: error, table: table.name }, 'a listener to store changes failed');
      }
    }
  }
}
