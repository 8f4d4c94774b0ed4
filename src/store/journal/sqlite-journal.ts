// The embedded journal: collects commits while the writer thread has a batch in hand, then sends them as the next.
import { Worker } from 'node:worker_threads';
import type { Journal, JournalChange, LoadedRow } from '../journal.ts';
import { toError, type FromWriter, type ToWriter, type WriterData } from './messages.ts';
import type { StateOptions } from './open-state.ts';
import { PendingBatch } from './pending-batch.ts';
import type { TableShapes } from '../row-migration.ts';
import { shapeOfText, withoutShape } from './row-text.ts';

export interface SqliteJournalOptions extends StateOptions {
  /** Made with mode 0700 when missing. One server at a time. */
  readonly directory: string;
  /**
   * Called once, when a commit could not be written. What is in memory is then ahead of the disk for good: the process
   * must stop, and start again from what is durable.
   */
  readonly onFailure: (error: Error) => void;
}

interface Loaded {
  readonly revision: number;
  readonly rows: LoadedRow[];
}

const done = Promise.resolve();

/** A journal in an SQLite database of its own. */
export class SqliteJournal implements Journal {
  readonly #options: SqliteJournalOptions;
  readonly #loading = Promise.withResolvers<Loaded>();
  readonly #verifying = Promise.withResolvers<void>();
  readonly #exit = Promise.withResolvers<void>();
  readonly #rows: LoadedRow[] = [];
  #state: 'new' | 'loading' | 'open' | 'failed' | 'closed' = 'new';
  #worker: Worker | undefined;
  #durable = 0;
  #writing: PendingBatch | undefined;
  #pending: PendingBatch | undefined;
  #failure: Error | undefined;
  #verified = false;

  constructor(options: SqliteJournalOptions) {
    this.#options = options;
    // Who loads may leave it unasked.
    this.#verifying.promise.catch(() => undefined);
  }

  load(shapes?: TableShapes): Promise<Loaded> {
    if (this.#state !== 'new') throw new Error('the journal was loaded before');
    this.#state = 'loading';
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
    if (this.#failure !== undefined) return;
    if (this.#state !== 'open') throw new Error(`the journal is ${this.#state}, not open`);
    if (this.#pending === undefined) {
      this.#pending = new PendingBatch();
      // At the end of what runs now: commits made in one go share a batch.
      if (this.#writing === undefined) queueMicrotask(() => this.#send());
    }
    this.#pending.add(revision, changes);
  }

  durable(revision: number): Promise<void> {
    if (revision <= this.#durable) return done;
    if (this.#failure !== undefined) return Promise.reject(this.#failure);
    if (this.#writing !== undefined && revision <= this.#writing.revision) return this.#writing.written;
    if (this.#pending !== undefined && revision <= this.#pending.revision) return this.#pending.written;
    return Promise.reject(new RangeError(`revision ${revision} was never appended`));
  }

  /** Rejects with the failure when something could not be written. */
  async close(): Promise<void> {
    if (this.#state === 'open') {
      this.#state = 'closed';
      await (this.#pending ?? this.#writing)?.written;
      this.#tell({ kind: 'close' });
    }
    if (this.#worker !== undefined) await this.#exit.promise;
    if (this.#failure !== undefined) throw this.#failure;
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
    for (let place = 0; place < rows.length; place += 3) {
      const [table, key, text] = [rows[place]!, rows[place + 1]!, rows[place + 2]!];
      this.#rows.push({
        table,
        key,
        shape: shapeOfText(text),
        row: parseRow(table, key, withoutShape(text)),
      });
    }
  }

  #opened(revision: number): void {
    this.#durable = revision;
    this.#state = 'open';
    this.#loading.resolve({ revision, rows: this.#rows.splice(0) });
  }

  #send(): void {
    if (this.#pending === undefined || this.#failure !== undefined) return;
    this.#writing = this.#pending;
    this.#pending = undefined;
    try {
      this.#tell({ kind: 'write', batch: this.#writing.encode() });
    } catch (error) {
      this.#fail(error as Error);
    }
  }

  #wrote(revision: number): void {
    this.#durable = revision;
    this.#writing?.succeed();
    this.#writing = undefined;
    this.#send();
  }

  #fail(error: Error, whileLoading = this.#state === 'loading'): void {
    if (this.#failure !== undefined) return;
    this.#failure = error;
    this.#state = 'failed';
    this.#writing?.fail(error);
    this.#pending?.fail(error);
    void this.#worker?.terminate();
    this.#loading.reject(error);
    this.#verifying.reject(error);
    if (!whileLoading) this.#options.onFailure(error);
  }

  #exited(): void {
    const unwritten = this.#writing ?? this.#pending;
    if (this.#state !== 'closed' || unwritten !== undefined)
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
