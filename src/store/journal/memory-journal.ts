// A journal without a disk: serialised copies stand for what is durable, and a crash takes back the rest.
import {
  CommitTooLargeError,
  type BatchLimits,
  type Journal,
  type JournalChange,
  type JournalFailedError,
  type LoadedRow,
} from '../journal.ts';

export interface MemoryJournalOptions {
  /** `immediate`: a commit is durable as soon as it is appended; `manual`: when `flush` says so. */
  readonly durability: 'immediate' | 'manual';
  /** Default: none. */
  readonly limits?: BatchLimits;
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
  readonly reject: (failure: JournalFailedError) => void;
}

const never = new Promise<void>(() => undefined);

/** For tests and simulation. */
export class MemoryJournal implements Journal {
  readonly limits: BatchLimits;
  readonly #options: MemoryJournalOptions;
  readonly #failing = Promise.withResolvers<JournalFailedError>();
  /** What a crash leaves, by table and key. */
  readonly #disk: Map<string, SerialisedChange>;
  #durable: number;
  #pending: Commit[] = [];
  #waiters: Waiter[] = [];
  #state: 'open' | 'closed' | 'crashed' = 'open';
  #failure: JournalFailedError | undefined;

  constructor(options: MemoryJournalOptions, from?: MemoryJournal) {
    this.#options = options;
    this.limits = options.limits ?? { rows: Infinity, bytes: Infinity };
    this.#disk = new Map(from === undefined ? [] : from.#disk);
    this.#durable = from === undefined ? 0 : from.#durable;
  }

  /** The revision that a crash now would leave. */
  get durableRevision(): number {
    return this.#durable;
  }

  get failed(): Promise<JournalFailedError> {
    return this.#failing.promise;
  }

  load(take: (rows: readonly LoadedRow[]) => void): Promise<number> {
    for (const { table, key, shape, json } of this.#disk.values())
      take([{ table, key, shape, row: JSON.parse(json!) as unknown }]);
    return Promise.resolve(this.#durable);
  }

  verify(): Promise<void> {
    return Promise.resolve();
  }

  append(revision: number, changes: readonly JournalChange[]): void {
    if (this.#state === 'closed') throw new Error('the journal is closed');
    if (this.#failure !== undefined) throw this.#failure;
    if (this.#state === 'crashed') return;
    const serialised = changes.map(serialise);
    refuseTooLarge(serialised, this.limits);
    this.#pending.push({ revision, changes: serialised });
    if (this.#options.durability === 'immediate') this.flush();
  }

  durable(revision: number): Promise<void> {
    if (this.#state === 'crashed') return never;
    if (revision <= this.#durable) return Promise.resolve();
    if (this.#failure !== undefined) return Promise.reject(this.#failure);
    return new Promise((resolve, reject) => {
      this.#waiters.push({ revision, resolve, reject });
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

  /** Fails as a journal does whose disk is full, or that another leads: what is not durable by now never will be. */
  fail(failure: JournalFailedError): void {
    this.#failure ??= failure;
    this.#pending = [];
    for (const { reject } of this.#waiters.splice(0)) reject(this.#failure);
    this.#failing.resolve(this.#failure);
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
    if (this.#failure !== undefined) return Promise.reject(this.#failure);
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

function refuseTooLarge(changes: readonly SerialisedChange[], { rows, bytes }: BatchLimits): void {
  if (changes.length > rows) throw new CommitTooLargeError('rows', rows);
  if (bytes === Infinity) return;
  const size = changes.reduce((sum, { json = '' }) => sum + Buffer.byteLength(json), 0);
  if (size > bytes) throw new CommitTooLargeError('bytes', bytes);
}

function serialise({ table, key, shape, row }: JournalChange): SerialisedChange {
  return { table, key, shape, json: row === undefined ? undefined : JSON.stringify(row) };
}
