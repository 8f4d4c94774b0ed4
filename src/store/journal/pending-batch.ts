// Commits on their way to disk together, and the promise that they are there.
import type { JournalChange } from '../journal.ts';
import type { Batch } from './messages.ts';
import { withShape } from './row-text.ts';

/** Collects commits; of a row that changed several times only the last version is kept, and made JSON once. */
export class PendingBatch {
  readonly #tables = new Map<string, Map<string, JournalChange>>();
  readonly #written = Promise.withResolvers<void>();
  #revision = 0;

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

  add(revision: number, changes: readonly JournalChange[]): void {
    this.#revision = revision;
    for (const change of changes) {
      let rows = this.#tables.get(change.table);
      if (rows === undefined) this.#tables.set(change.table, (rows = new Map<string, JournalChange>()));
      rows.set(change.key, change);
    }
  }

  /** Throws what JSON.stringify throws at a row that is not plain data. */
  encode(): Batch {
    const rows: (string | null)[] = [];
    for (const [table, changed] of this.#tables) {
      for (const { key, shape, row } of changed.values())
        rows.push(table, key, row === undefined ? null : withShape(JSON.stringify(row), shape));
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
