// What the journal's database looks like, version by version, and the way from an older one to this one's.
import type { DatabaseSync } from 'node:sqlite';
import { inTransaction } from '../../lib/sqlite.ts';
import { checksumModulus, nextBatch, rowChecksum, type BatchRecord, type Digest } from './checksums.ts';
import { readMark, replaceMark } from './revision-mark.ts';
import { DamagedStateError } from './state-errors.ts';
import type { StatePaths } from './state-files.ts';
import { shapedVersion } from './stored-shapes.ts';
import { checksummedVersion, StoredState } from './stored-state.ts';

/** The step to `version` from the one before; it runs inside the transaction that also records the version. */
export interface Migration {
  readonly version: number;
  /** It may leave checksums of rows as they are: they are made anew after the last step. */
  run(database: DatabaseSync): void;
}

/** Ascending by version. A step that was once released never changes; what it got wrong, a later step puts right. */
export const journalMigrations: readonly Migration[] = [
  {
    version: 1,
    run: (database) =>
      database.exec(`
        CREATE TABLE rows (
          "table" TEXT NOT NULL,
          key TEXT NOT NULL,
          json TEXT NOT NULL,
          PRIMARY KEY ("table", key)
        );
        INSERT INTO meta (name, value) VALUES ('revision', 0);
      `),
  },
  {
    version: checksummedVersion,
    run: (database) =>
      database.exec(`
        CREATE TABLE checked_rows (
          "table" TEXT NOT NULL,
          key TEXT NOT NULL,
          checksum INTEGER NOT NULL,
          json TEXT NOT NULL,
          PRIMARY KEY ("table", key)
        ) STRICT;
        INSERT INTO checked_rows SELECT "table", key, 0, json FROM rows;
        DROP TABLE rows;
        ALTER TABLE checked_rows RENAME TO rows;
        CREATE TABLE batches (
          number INTEGER PRIMARY KEY,
          revision INTEGER NOT NULL,
          rows INTEGER NOT NULL,
          sum INTEGER NOT NULL,
          changes INTEGER NOT NULL,
          previous INTEGER NOT NULL,
          checksum INTEGER NOT NULL
        ) STRICT;
        INSERT INTO batches SELECT 0, value, 0, 0, 0, 0, 0 FROM meta WHERE name = 'revision';
        DELETE FROM meta WHERE name = 'revision';
      `),
  },
  {
    version: shapedVersion,
    run: (database) =>
      database.exec(`
        CREATE TABLE shapes ("table" TEXT PRIMARY KEY, shape INTEGER NOT NULL) STRICT;
        INSERT INTO shapes SELECT DISTINCT "table", 1 FROM rows;
      `),
  },
];

/** For `prepare`. */
export const insertBatch = `INSERT INTO batches (number, revision, rows, sum, changes, previous, checksum)
  VALUES (:number, :revision, :rows, :sum, :changes, :previous, :checksum)`;

export const lastVersion = (migrations: readonly Migration[]): number => migrations.at(-1)?.version ?? 0;

export const newerVersion = (found: number, migrations: readonly Migration[]): Error =>
  new Error(
    `the data directory has schema version ${found}, and this Longshore knows versions up to ` +
      `${lastVersion(migrations)}: start the release that wrote it, or a later one`,
  );

/**
 * Brings the database to the last version of `migrations`. Throws an Error, changing nothing, when it is newer, or a
 * DamagedStateError when what is there is not sound.
 */
export function migrate(database: DatabaseSync, migrations: readonly Migration[], paths: StatePaths): void {
  inTransaction(database, () => {
    const found = versionOf(database);
    if (found > lastVersion(migrations)) throw newerVersion(found, migrations);
    const missing = migrations.filter(({ version }) => version > found);
    if (missing.length === 0) return;
    refuseUnsound(database, found, paths);
    database.exec('CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value INTEGER NOT NULL)');
    for (const migration of missing) migration.run(database);
    database
      .prepare(`INSERT OR REPLACE INTO meta (name, value) VALUES ('schema', ?)`)
      .run(lastVersion(migrations));
    if (lastVersion(migrations) >= checksummedVersion) seal(database, paths);
  });
}

/** 0 for a database without tables. */
export function versionOf(database: DatabaseSync): number {
  const { tables } = database.prepare(`SELECT count(*) AS tables FROM sqlite_schema`).get()!;
  if (tables === 0) return 0;
  const row = database.prepare(`SELECT value FROM meta WHERE name = 'schema'`).get();
  return Number(row?.['value'] ?? Number.NaN);
}

/** What a migration takes over it makes checksums for: it must be sound before. */
function refuseUnsound(database: DatabaseSync, version: number, paths: StatePaths): void {
  const state = new StoredState(database, paths);
  const findings = version === 0 ? [] : state.integrityFindings();
  if (version >= checksummedVersion) Iterator.from(state.chunks(findings)).forEach(() => undefined);
  else if (version > 0) findings.push(...state.brokenJson());
  if (findings.length > 0) throw new DamagedStateError(paths.directory, findings);
}

/** Makes every checksum anew, as a link of the chain of batches. */
function seal(database: DatabaseSync, paths: StatePaths): void {
  database.function('row_checksum', { deterministic: true }, (table, key, json) =>
    rowChecksum(String(table), String(key), String(json)),
  );
  database.exec(`UPDATE rows SET checksum = row_checksum("table", key, json)`);
  const digest = database
    .prepare(`SELECT count(*) AS rows, coalesce(sum(checksum), 0) % ${checksumModulus} AS sum FROM rows`)
    .get() as unknown as Digest;
  const batches = new StoredState(database, paths).batches();
  const last = batches.at(-1)!;
  // What a database of the first version ended with is no batch.
  if (last.number === 0) database.exec('DELETE FROM batches');
  const sealed = nextBatch(last.number === 0 ? undefined : last, {
    ...digest,
    revision: last.revision,
    changes: 0,
  });
  database.prepare(insertBatch).run({ ...sealed });
  markBeforeUse(paths, sealed);
}

/** Before the database is there: a checksummed one without a mark has lost it. What the mark says is on disk already. */
function markBeforeUse({ mark }: StatePaths, { number, revision, checksum }: BatchRecord): void {
  if (number === 1 || readMark(mark) === 'missing') replaceMark(mark, { revision, batch: checksum });
}
