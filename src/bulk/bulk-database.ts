// A database of bulk data, open for one thread: append-mostly tables, found by time or key.
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { makeDirectory } from '../lib/make-directory.ts';
import { ensurePrivateFile } from '../lib/private-file.ts';
import { inTransaction, namingFile } from '../lib/sqlite.ts';
import { dirname } from 'node:path';

// Rows have some hundred bytes; a clustered table holds several of them in each of its inner pages only if those are large.
const writerSettings = `
  PRAGMA page_size = 16384;
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  PRAGMA cache_size = -65536;
  PRAGMA wal_autocheckpoint = 2000;
`;
const readerSettings = 'PRAGMA cache_size = -16384;';

/** Ms that one thread waits for another's lock: they hold one only while they begin and end. */
const lockTimeout = 10_000;

export class BulkDatabase {
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  /** The statement of `sql`, prepared once: texts that differ from call to call stay in memory, so there must be few. */
  prepare(sql: string): StatementSync {
    let statement = this.#statements.get(sql);
    if (statement === undefined) this.#statements.set(sql, (statement = this.#database.prepare(sql)));
    return statement;
  }

  exec(sql: string): void {
    this.#database.exec(sql);
  }

  /** All or nothing: throws what `work` or COMMIT threw. */
  transaction<T>(work: () => T): T {
    return inTransaction(this.#database, work);
  }

  /** A part of a transaction that is undone by itself where it throws. */
  part<T>(work: () => T): T {
    this.exec('SAVEPOINT part');
    try {
      const result = work();
      this.exec('RELEASE part');
      return result;
    } catch (error) {
      // A full disk has ended the whole transaction already.
      if (this.#database.isTransaction) this.exec('ROLLBACK TO part; RELEASE part');
      throw error;
    }
  }

  get isTransaction(): boolean {
    return this.#database.isTransaction;
  }

  close(): void {
    this.#database.close();
  }
}

/** One that is gone when it is closed. */
export function openInMemory(migrations: readonly string[]): BulkDatabase {
  const database = new DatabaseSync(':memory:');
  migrate(database, migrations);
  return new BulkDatabase(database);
}

/** Opens, makes or migrates the file to write it; throws an Error that names it. */
export function openToWrite(path: string, migrations: readonly string[]): BulkDatabase {
  makeDirectory(dirname(path), 0o700);
  return namingFile(path, () => {
    ensurePrivateFile(path);
    return opened(path, (database) => {
      database.exec(writerSettings);
      migrate(database, migrations);
    });
  });
}

/** Opens a file that a writer has opened before; throws an Error that names it. */
export function openToRead(path: string): BulkDatabase {
  return namingFile(path, () => opened(path, (database) => database.exec(readerSettings), true));
}

function opened(path: string, prepare: (database: DatabaseSync) => void, readOnly = false): BulkDatabase {
  const database = new DatabaseSync(path, { timeout: lockTimeout, readOnly });
  try {
    prepare(database);
    return new BulkDatabase(database);
  } catch (error) {
    database.close();
    throw error;
  }
}

function migrate(database: DatabaseSync, migrations: readonly string[]): void {
  const version = Number(database.prepare('PRAGMA user_version').get()!['user_version']);
  if (version > migrations.length)
    throw new Error(
      `it was written by a newer version (${version}, and this one knows ${migrations.length})`,
    );
  for (const [before, sql] of migrations.entries()) {
    if (before < version) continue;
    inTransaction(database, () => database.exec(`${sql}; PRAGMA user_version = ${before + 1}`));
  }
}
