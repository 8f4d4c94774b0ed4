// The journal's SQLite file: exclusive to one server, one transaction a batch. Synchronous; runs in the worker thread.
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import type { Batch } from './messages.ts';
import { journalMigrations, migrate, type Migration } from './migrations.ts';
import { ensurePrivateFile } from './private-file.ts';

const sqliteBusy = 5;
/** Some hundred kilobytes of tasks: enough that a message costs little; more only leaves larger holes in memory. */
const chunkRows = 250;

// The lock is the system's, on the open file: it ends with the process, however that ends.
// Pages that hold a few rows, room for the index of a large fleet, and checkpoints at 32 MiB of log make inserts
// twice as fast as SQLite's defaults.
const settings = `
  PRAGMA page_size = 8192;
  PRAGMA locking_mode = EXCLUSIVE;
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  PRAGMA cache_size = -32768;
  PRAGMA wal_autocheckpoint = 4000;
`;

/** The open file. Constructing it locks, makes or migrates it, or throws an Error that says what is in the way. */
export class JournalDatabase {
  readonly #database: DatabaseSync;
  readonly #put: StatementSync;
  readonly #delete: StatementSync;
  readonly #stand: StatementSync;

  constructor(path: string, migrations: readonly Migration[] = journalMigrations) {
    this.#database = openExclusively(path, migrations);
    this.#put = this.#database.prepare(
      `INSERT INTO rows ("table", key, json) VALUES (?, ?, ?)
       ON CONFLICT ("table", key) DO UPDATE SET json = excluded.json`,
    );
    this.#delete = this.#database.prepare(`DELETE FROM rows WHERE "table" = ? AND key = ?`);
    this.#stand = this.#database.prepare(`UPDATE meta SET value = ? WHERE name = 'revision'`);
  }

  get revision(): number {
    return Number(this.#database.prepare(`SELECT value FROM meta WHERE name = 'revision'`).get()!['value']);
  }

  /** All rows, some at a time: table, key, JSON; table, key, JSON; … */
  *chunks(): Generator<readonly string[]> {
    let chunk: string[] = [];
    for (const row of this.#database.prepare(`SELECT "table", key, json FROM rows`).iterate()) {
      chunk.push(row['table'] as string, row['key'] as string, row['json'] as string);
      if (chunk.length < 3 * chunkRows) continue;
      yield chunk;
      chunk = [];
    }
    yield chunk;
    this.#database.exec('PRAGMA shrink_memory');
  }

  /** Writes a batch, all or nothing; when it returns, the batch is on disk. */
  write({ revision, rows }: Batch): void {
    this.#database.exec('BEGIN');
    try {
      for (let place = 0; place < rows.length; place += 3) {
        const json = rows[place + 2]!;
        if (json === null) this.#delete.run(rows[place]!, rows[place + 1]!);
        else this.#put.run(rows[place]!, rows[place + 1]!, json);
      }
      this.#stand.run(revision);
      this.#database.exec('COMMIT');
    } catch (error) {
      if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
      throw error;
    }
  }

  close(): void {
    this.#database.close();
  }
}

function openExclusively(path: string, migrations: readonly Migration[]): DatabaseSync {
  ensurePrivateFile(path);
  const database = new DatabaseSync(path, { timeout: 0 });
  try {
    database.exec(settings);
    migrate(database, migrations);
    return database;
  } catch (error) {
    database.close();
    if ((error as { errcode?: number }).errcode !== sqliteBusy) throw error;
    throw new Error(
      `another Longshore server is using ${path}: stop it, or give this one its own data directory`,
      {
        cause: error,
      },
    );
  }
}
