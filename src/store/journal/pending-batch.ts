// Commits on their way to disk together, and the promise that they are there.
import { CommitTooLargeError, type BatchLimits, type JournalChange } from '../journal.ts';
import type { Batch } from './messages.ts';
import { withShape } from './row-text.ts';

/** One commit as it is written: each row as text, null for one that is deleted. */
export interface EncodedCommit {
  readonly revision: number;
  readonly rows: readonly { readonly table: string; readonly key: string; readonly text: string | null }[];
  readonly bytes: number;
}

/** Throws a CommitTooLargeError, or what JSON.stringify throws at a row that is not plain data. */
export function encodeCommit(
  revision: number,
  changes: readonly JournalChange[],
  limits: BatchLimits,
): EncodedCommit {
  if (changes.length > limits.rows) throw new CommitTooLargeError('rows', limits.rows);
  let bytes = 0;
  const rows = changes.map(({ table, key, shape, row }) => {
    const text = row === undefined ? null : withShape(JSON.stringify(row), shape);
    bytes += text === null ? 0 : Buffer.byteLength(text);
    return { table, key, text };
  });
  if (bytes > limits.bytes) throw new CommitTooLargeError('bytes', limits.bytes);
  return { revision, rows, bytes };
}

/** Collects commits; of a row that changed several times only the last version is kept. */
export class PendingBatch {
  readonly #tables = new Map<string, Map<string, string | null>>();
  readonly #written = Promise.withResolvers<void>();
  #revision = 0;
  /** At most so many: rows that changed again are counted again. */
  #rows = 0;
  #bytes = 0;

  constructor() {
    // Nobody may be waiting when a write fails, and that must not be an unhandled rejection.
    this.#written.promise.catch(() => undefined);
  }

  /** That of the last commit in it. */
  get revision(): number {
    return this.#revision;
  }

  /** Settles when the batch is on disk or has failed. */
  get written(): Promise<void> {
    return this.#written.promise;
  }

  hasRoomFor({ rows, bytes }: EncodedCommit, limits: BatchLimits): boolean {
    return this.#rows + rows.length <= limits.rows && this.#bytes + bytes <= limits.bytes;
  }

  add({ revision, rows, bytes }: EncodedCommit): void {
    this.#revision = revision;
    this.#rows += rows.length;
    this.#bytes += bytes;
    for (const { table, key, text } of rows) {
      let changed = this.#tables.get(table);
      if (changed === undefined) this.#tables.set(table, (changed = new Map<string, string | null>()));
      changed.set(key, text);
    }
  }

  batch(): Batch {
    const rows: (string | null)[] = [];
    for (const [table, changed] of this.#tables) {
      for (const [key, text] of changed) rows.push(table, key, text);
    }
    return { revision: this.#revision, rows };
  }

  succeed(): void {
    this.#written.resolve();
  }

  fail(error: Error): void {
    this.#written.reject(error);
  }
}
