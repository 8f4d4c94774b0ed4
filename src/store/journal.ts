// The seam between the store and what survives a crash. What it is, and where, is its own affair: it may be another machine.
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

/** What a journal writes at once, at most. Commits share a batch while they fit; none is ever split. */
export interface BatchLimits {
  readonly rows: number;
  /** Of the rows' JSON, as UTF-8. */
  readonly bytes: number;
}

/** A commit alone is more than a batch may be. Nothing of it was taken, and the journal goes on. */
export class CommitTooLargeError extends Error {
  override readonly name = 'CommitTooLargeError';

  constructor(what: string, most: number) {
    super(`a commit of more than ${most} ${what} cannot be written at once`);
  }
}

/** The journal takes nothing any more, for good; what was not durable by then may be lost, and nobody was told of it. */
export class JournalFailedError extends Error {
  override readonly name: string = 'JournalFailedError';
}

/** Another control plane writes now: what this one appends is refused. */
export class NotLeadingError extends JournalFailedError {
  override readonly name = 'NotLeadingError';
}

/** `test-support/journal-conformance.ts` holds every journal to this. */
export interface Journal {
  readonly limits: BatchLimits;
  /**
   * Resolves, once, when the journal has failed after it was loaded, with the reason. What is in memory may then be ahead of
   * what is durable for good: the process must stop, and start again from that. Never rejects.
   */
  readonly failed: Promise<JournalFailedError>;
  /**
   * Gives `take` everything that was durable when the journal was last written, some rows at a time, in any order, and
   * answers the revision that it stood at. Called once, before any append. An older schema is migrated; a newer one, and
   * rows in shapes that `shapes` does not know, are refused with an Error that says so, and nothing is changed. Rows in
   * older shapes are given as they are.
   */
  load(take: (rows: readonly LoadedRow[]) => void, shapes?: TableShapes): Promise<number>;
  /**
   * Resolves once what was loaded is known to be sound as a whole, which may take a moment longer than loading it;
   * rejects as `load` does. Nothing of it may be served before.
   */
  verify(): Promise<void>;
  /**
   * Takes a commit; commits not yet written go out together, a batch at a time (group commit). Throws, taking nothing of
   * it, a CommitTooLargeError, what JSON.stringify throws, a JournalFailedError once the journal has failed, or an Error
   * once it is closed.
   */
  append(revision: number, changes: readonly JournalChange[]): void;
  /** Resolves when every commit up to `revision` is durable; rejects with the JournalFailedError, for good, when it will not be. */
  durable(revision: number): Promise<void>;
  /** Makes the rest durable; rejects with the JournalFailedError when it cannot. */
  close(): Promise<void>;
}
