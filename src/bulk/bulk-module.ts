// What a service keeps in bulk: the schema of a database of its own, and the handlers that read and write it.
import type { BulkDatabase } from './bulk-database.ts';

/** Reads or writes by what it is given, and answers plain data: both may pass between threads. */
export type BulkHandler = (database: BulkDatabase, input: never) => unknown;

/** A read that may take seconds: it yields after a few ms of work at most, with what it has found so far, and returns its answer. It holds nothing of the database open over a yield. */
export type BulkScan = (database: BulkDatabase, input: never) => Generator<unknown, unknown, void>;

export interface BulkModule<
  Reads extends Readonly<Record<string, BulkHandler>> = Readonly<Record<string, BulkHandler>>,
  Writes extends Readonly<Record<string, BulkHandler>> = Readonly<Record<string, BulkHandler>>,
  Scans extends Readonly<Record<string, BulkScan>> = Readonly<Record<string, BulkScan>>,
> {
  /** Of the database's file, without its ending. */
  readonly name: string;
  /** `import.meta.url` of the file that exports the module as `bulkModule`: threads import it from there. */
  readonly url: string;
  /** SQL from the empty database to today's, a step for each version; steps that were released never change. */
  readonly migrations: readonly string[];
  readonly reads: Reads;
  readonly writes: Writes;
  readonly scans: Scans;
}

/** Declares a module; the types of its handlers are inferred. */
export const defineBulk = <
  const Reads extends Readonly<Record<string, BulkHandler>>,
  const Writes extends Readonly<Record<string, BulkHandler>>,
  const Scans extends Readonly<Record<string, BulkScan>>,
>(
  module: BulkModule<Reads, Writes, Scans>,
): BulkModule<Reads, Writes, Scans> => module;
