// What the journal's database looks like, version by version, and the way from an older one to this one's.
import type { DatabaseSync } from 'node:sqlite';

/** The step to `version` from the one before; it runs inside the transaction that also records the version. */
export interface Migration {
  readonly version: number;
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
];

/** Brings the database to the last version of `migrations`; throws an Error, changing nothing, when it is newer. */
export function migrate(database: DatabaseSync, migrations: readonly Migration[]): void {
  database.exec('BEGIN IMMEDIATE');
  try {
    runMissing(database, migrations);
    database.exec('COMMIT');
  } catch (error) {
    database.exec('ROLLBACK');
    throw error;
  }
}

function runMissing(database: DatabaseSync, migrations: readonly Migration[]): void {
  database.exec('CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value INTEGER NOT NULL)');
  const found = versionOf(database);
  const known = migrations.at(-1)?.version ?? 0;
  if (found > known) {
    throw new Error(
      `the data directory has schema version ${found}, and this Longshore knows versions up to ${known}: ` +
        'start the release that wrote it, or a later one',
    );
  }
  for (const migration of migrations.filter(({ version }) => version > found)) migration.run(database);
  database.prepare(`INSERT OR REPLACE INTO meta (name, value) VALUES ('schema', ?)`).run(known);
}

function versionOf(database: DatabaseSync): number {
  const row = database.prepare(`SELECT value FROM meta WHERE name = 'schema'`).get();
  return row === undefined ? 0 : Number(row['value']);
}
