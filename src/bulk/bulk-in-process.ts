// Bulk data in memory, with the same handlers and no threads: for simulations and tests.
import { BulkError, type OpenBulk, type ScanOptions } from './bulk.ts';
import { openInMemory, type BulkDatabase } from './bulk-database.ts';
import type { BulkModule } from './bulk-module.ts';

/** Everything is done at once, one call after the other; what is closed is gone. */
export const bulkInProcess: OpenBulk = (module) => {
  const open = module as unknown as BulkModule;
  let database: BulkDatabase | undefined;
  let closed = false;
  const using = async <T>(work: (database: BulkDatabase) => T): Promise<T> => {
    if (closed) throw new BulkError(`${open.name} is closed`);
    database ??= openInMemory(open.migrations);
    return work(database);
  };
  const bulk: UntypedBulk = {
    read: (name, input) => using((db) => open.reads[name]!(db, input as never)),
    write: (name, input) => using((db) => db.transaction(() => open.writes[name]!(db, input as never))),
    scan: (name, input, options = {}) =>
      using((db) => runScan(open.scans[name]!(db, input as never), options)),
    close: async () => {
      closed = true;
      database?.close();
    },
  };
  return bulk as never;
};

interface UntypedBulk {
  read(name: string, input: unknown): Promise<unknown>;
  write(name: string, input: unknown): Promise<unknown>;
  scan(name: string, input: unknown, options?: ScanOptions<unknown>): Promise<unknown>;
  close(): Promise<void>;
}

function runScan(
  steps: Generator<unknown, unknown, void>,
  { onFound, signal }: ScanOptions<unknown>,
): unknown {
  for (;;) {
    signal?.throwIfAborted();
    const { done, value } = steps.next();
    if (done === true) return value;
    onFound?.(value);
  }
}
