// The embedded journal: collects commits while the writer thread has a batch in hand, then sends them as the next.
import { Worker } from 'node:worker_threads';
import {
  JournalFailedError,
  type BatchLimits,
  type Journal,
  type JournalChange,
  type LoadedRow,
} from '../journal.ts';
import { toError, type FromWriter, type ToWriter, type WriterData } from './messages.ts';
import type { StateOptions } from './open-state.ts';
import { encodeCommit, PendingBatch } from './pending-batch.ts';
import type { TableShapes } from '../row-migration.ts';
import { shapeOfText, withoutShape } from './row-text.ts';

export interface SqliteJournalOptions extends StateOptions {
  /** Made with mode 0700 when missing. One server at a time. */
  readonly directory: string;
  /** Default: more than any commit is, and few enough to be in memory twice. */
  readonly limits?: BatchLimits;
}

type Take = (rows: readonly LoadedRow[]) => void;

const defaultLimits: BatchLimits = { rows: 100_000, bytes: 256 * 1024 * 1024 };

const done = Promise.resolve();

/** A journal in an SQLite database of its own. */
export class SqliteJournal implements Journal {
  readonly limits: BatchLimits;
  readonly #options: SqliteJournalOptions;
  readonly #failing = Promise.withResolvers<JournalFailedError>();
  readonly #loading = Promise.withResolvers<number>();
  readonly #verifying = Promise.withResolvers<void>();
  readonly #exit = Promise.withResolvers<void>();
  #take: Take = () => undefined;
  #state: 'new' | 'loading' | 'open' | 'failed' | 'closed' = 'new';
  #worker: Worker | undefined;
  #durable = 0;
  #writing: PendingBatch | undefined;
  /** In the order in which they go out. */
  #pending: PendingBatch[] = [];
  #failure: JournalFailedError | undefined;
  #verified = false;

  constructor(options: SqliteJournalOptions) {
    this.#options = options;
    this.limits = options.limits ?? defaultLimits;
    // Who loads may leave it unasked.
    this.#verifying.promise.catch(() => undefined);
  }

  get failed(): Promise<JournalFailedError> {
    return this.#failing.promise;
  }

  load(take: Take, shapes?: TableShapes): Promise<number> {
    if (this.#state !== 'new') throw new Error('the journal was loaded before');
    this.#state = 'loading';
    this.#take = take;
    const { directory, tracesOfUse, startOver } = this.#options;
    this.#worker = startWriter({ directory, tracesOfUse, startOver, shapes });
    this.#worker.on('message', (message: FromWriter) => {
      try {
        this.#hear(message);
      } catch (error) {
        this.#fail(error as Error);
      }
    });
    this.#worker.on('error', (error: Error) => this.#fail(error, !this.#verified));
    this.#worker.on('exit', () => this.#exited());
    this.#tell({ kind: 'load' });
    return this.#loading.promise;
  }

  verify(): Promise<void> {
    return this.#verifying.promise;
  }

  append(revision: number, changes: readonly JournalChange[]): void {
    if (this.#failure !== undefined) throw this.#failure;
    if (this.#state !== 'open') throw new Error(`the journal is ${this.#state}, not open`);
    const commit = encodeCommit(revision, changes, this.limits);
    // At the end of what runs now: commits made in one go share a batch.
    if (this.#pending.length === 0 && this.#writing === undefined) queueMicrotask(() => this.#send());
    let batch = this.#pending.at(-1);
    if (batch?.hasRoomFor(commit, this.limits) !== true) this.#pending.push((batch = new PendingBatch()));
    batch.add(commit);
  }

  durable(revision: number): Promise<void> {
    if (revision <= this.#durable) return done;
    if (this.#failure !== undefined) return Promise.reject(this.#failure);
    const batch = this.#unwritten().find((one) => revision <= one.revision);
    if (batch !== undefined) return batch.written;
    return Promise.reject(new RangeError(`revision ${revision} was never appended`));
  }

  /** Rejects with the failure when something could not be written. */
  async close(): Promise<void> {
    if (this.#state === 'open') {
      this.#state = 'closed';
      await this.#unwritten().at(-1)?.written;
      this.#tell({ kind: 'close' });
    }
    if (this.#worker !== undefined) await this.#exit.promise;
    if (this.#failure !== undefined) throw this.#failure;
  }

  #unwritten(): readonly PendingBatch[] {
    return this.#writing === undefined ? this.#pending : [this.#writing, ...this.#pending];
  }

  #tell(message: ToWriter): void {
    this.#worker?.postMessage(message);
  }

  #hear(message: FromWriter): void {
    switch (message.kind) {
      case 'loaded':
        // Asked for before this one is parsed, so that reading and parsing go on side by side.
        this.#tell({ kind: 'load' });
        this.#parse(message.rows);
        break;
      case 'done':
        this.#opened(message.revision);
        break;
      case 'verified':
        this.#verified = true;
        this.#verifying.resolve();
        break;
      case 'written':
        this.#wrote(message.revision);
        break;
      case 'failed':
        this.#fail(toError(message.failure), !this.#verified);
        break;
    }
  }

  #parse(rows: readonly string[]): void {
    const loaded: LoadedRow[] = [];
    for (let place = 0; place < rows.length; place += 3) {
      const [table, key, text] = [rows[place]!, rows[place + 1]!, rows[place + 2]!];
      loaded.push({ table, key, shape: shapeOfText(text), row: parseRow(table, key, withoutShape(text)) });
    }
    this.#take(loaded);
  }

  #opened(revision: number): void {
    this.#durable = revision;
    this.#state = 'open';
    this.#take = () => undefined;
    this.#loading.resolve(revision);
  }

  #send(): void {
    if (this.#failure !== undefined) return;
    this.#writing = this.#pending.shift();
    if (this.#writing !== undefined) this.#tell({ kind: 'write', batch: this.#writing.batch() });
  }

  #wrote(revision: number): void {
    this.#durable = revision;
    this.#writing?.succeed();
    this.#writing = undefined;
    this.#send();
  }

  #fail(error: Error, whileLoading = this.#state === 'loading'): void {
    if (this.#failure !== undefined) return;
    const failure = new JournalFailedError(error.message, { cause: error });
    this.#failure = failure;
    this.#state = 'failed';
    for (const batch of this.#unwritten()) batch.fail(failure);
    void this.#worker?.terminate();
    this.#loading.reject(error);
    this.#verifying.reject(error);
    if (!whileLoading) this.#failing.resolve(failure);
  }

  #exited(): void {
    if (this.#state !== 'closed' || this.#unwritten().length > 0)
      this.#fail(new Error("the journal's writer thread ended"), !this.#verified);
    this.#exit.resolve();
  }
}

function parseRow(table: string, key: string, json: string): unknown {
  try {
    return JSON.parse(json) as unknown;
  } catch (error) {
    throw new Error(`the journal's row ${key} of table ${table} is not JSON`, { cause: error });
  }
}

function startWriter(data: WriterData): Worker {
  // The same file as source and as built.
  const file = import.meta.url.endsWith('.ts') ? './sqlite-worker.ts' : './sqlite-worker.js';
  return new Worker(new URL(file, import.meta.url), {
    name: 'journal',
    // Strings only pass through it: with the usual young generation it would hold some 30 MiB of garbage.
    resourceLimits: { maxYoungGenerationSizeMb: 4 },
    workerData: data,
    // Earlier Node 24 calls node:sqlite experimental on stderr; what is said elsewhere stays.
    execArgv: ['--disable-warning=ExperimentalWarning'],
  });
}
