// A journal without a disk: serialised copies stand for what is durable, and a crash takes back the rest.
import type { Journal, JournalChange, LoadedRow } from '../journal.ts';

export interface MemoryJournalOptions {
  /** `immediate`: a commit is durable as soon as it is appended; `manual`: when `flush` says so. */
  readonly durability: 'immediate' | 'manual';
}

interface Commit {
  readonly revision: number;
  readonly changes: readonly SerialisedChange[];
}

interface SerialisedChange {
  readonly table: string;
  readonly key: string;
  readonly shape: number;
  /** Undefined = deleted. */
  readonly json: string | undefined;
}

interface Waiter {
  readonly revision: number;
  readonly resolve: () => void;
}

const never = new Promise<void>(() => undefined);

/** For tests and simulation. */
export class MemoryJournal implements Journal {
  readonly #options: MemoryJournalOptions;
  /** What a crash leaves, by table and key. */
  readonly #disk: Map<string, SerialisedChange>;
  #durable: number;
  #pending: Commit[] = [];
  #waiters: Waiter[] = [];
  #state: 'open' | 'closed' | 'crashed' = 'open';

  constructor(options: MemoryJournalOptions, from?: MemoryJournal) {
    this.#options = options;
    this.#disk = new Map(from === undefined ? [] : from.#disk);
    this.#durable = from === undefined ? 0 : from.#durable;
  }

  /** The revision that a crash now would leave. */
  get durableRevision(): number {
    return this.#durable;
  }

  load(): Promise<{ revision: number; rows: LoadedRow[] }> {
    const rows = [...this.#disk.values()].map(({ table, key, shape, json }) => ({
      table,
      key,
      shape,
      row: JSON.parse(json!) as unknown,
    }));
    return Promise.resolve({ revision: this.#durable, rows });
  }

  verify(): Promise<void> {
    return Promise.resolve();
  }

  append(revision: number, changes: readonly JournalChange[]): void {
    if (this.#state === 'closed') throw new Error('the journal is closed');
    if (this.#state === 'crashed') return;
    this.#pending.push({ revision, changes: changes.map(serialise) });
    if (this.#options.durability === 'immediate') this.flush();
  }

  durable(revision: number): Promise<void> {
    if (this.#state === 'crashed') return never;
    if (revision <= this.#durable) return Promise.resolve();
    return new Promise((resolve) => {
      this.#waiters.push({ revision, resolve });
    });
  }

  /** Makes commits durable: all of them, or those up to `revision`. */
  flush(revision = Infinity): void {
    if (this.#state === 'crashed') return;
    for (const commit of this.#pending) {
      if (commit.revision > revision) break;
      for (const change of commit.changes) this.#write(change);
      this.#durable = commit.revision;
    }
    this.#pending = this.#pending.filter((commit) => commit.revision > this.#durable);
    const due = this.#waiters.filter((waiter) => waiter.revision <= this.#durable);
    this.#waiters = this.#waiters.filter((waiter) => waiter.revision > this.#durable);
    for (const { resolve } of due) resolve();
  }

  /**
   * Ends this journal as a crash of its process would: promises of `durable` stay open for ever and later appends go
   * nowhere. Answers a journal, for the next process, that holds what was durable.
   */
  crash(): MemoryJournal {
    this.#state = 'crashed';
    this.#waiters = [];
    return new MemoryJournal(this.#options, this);
  }

  close(): Promise<void> {
    this.flush();
    if (this.#state === 'open') this.#state = 'closed';
    return Promise.resolve();
  }

  #write(change: SerialisedChange): void {
    const place = `${change.table}\0${change.key}`;
    if (change.json === undefined) this.#disk.delete(place);
    else this.#disk.set(place, change);
  }
}

function serialise({ table, key, shape, row }: JournalChange): SerialisedChange {
  return { table, key, shape, json: row === undefined ? undefined : JSON.stringify(row) };
}
