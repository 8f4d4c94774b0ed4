// The seam between the store and what survives a crash.
import type { TableShapes } from './row-migration.ts';

/** One row of one commit as the journal keeps it: plain JSON data that nobody changes; `row` undefined = deleted. */
export interface JournalChange {
  readonly table: string;
  readonly key: string;
  /** That the row is in. */
  readonly shape: number;
  readonly row: unknown;
}

export interface LoadedRow {
  readonly table: string;
  readonly key: string;
  /** That it was written in. */
  readonly shape: number;
  readonly row: unknown;
}

export interface Journal {
  /**
   * Everything that was durable when the journal was last written, and the revision it stood at. Called once, before
   * any append. An older schema is migrated; a newer one, and rows in shapes that `shapes` does not know, are refused
   * with an Error that says so, and nothing is changed. Rows in older shapes are given as they are.
   */
  load(shapes?: TableShapes): Promise<{ readonly revision: number; readonly rows: readonly LoadedRow[] }>;
  /**
   * Resolves once what was loaded is known to be sound as a whole, which may take a moment longer than loading it;
   * rejects as `load` does. Nothing of it may be served before.
   */
  verify(): Promise<void>;
  /** Takes a commit; all commits not yet written go out as one batch (group commit). */
  append(revision: number, changes: readonly JournalChange[]): void;
  /** Resolves when every commit up to `revision` is on disk; rejects, for good, once a write has failed. */
  durable(revision: number): Promise<void>;
  close(): Promise<void>;
}
