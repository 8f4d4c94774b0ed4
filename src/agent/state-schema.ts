// What the agent's database looks like, version by version, and whether its rows are as they were saved.
import type { DatabaseSync } from 'node:sqlite';
import { crc32 } from 'node:zlib';
import { inTransaction, integrityProblems } from '../lib/sqlite.ts';

/** Of a part of a table's row, over all that it holds. */
export const rowChecksum = (part: string, ...values: readonly (string | number)[]): number =>
  crc32([part, ...values].join('\0'));

/** A step that was once released never changes. */
const steps: readonly string[] = [
  `CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
   CREATE TABLE tasks (
     arn TEXT PRIMARY KEY, ordinal INTEGER NOT NULL, payload TEXT NOT NULL, known TEXT NOT NULL
   ) STRICT;
   CREATE TABLE ended (arn TEXT PRIMARY KEY, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
   CREATE TABLE pulled (image TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;`,
  `ALTER TABLE facts ADD COLUMN checksum INTEGER NOT NULL DEFAULT 0;
   ALTER TABLE tasks ADD COLUMN payload_checksum INTEGER NOT NULL DEFAULT 0;
   ALTER TABLE tasks ADD COLUMN known_checksum INTEGER NOT NULL DEFAULT 0;
   ALTER TABLE ended ADD COLUMN checksum INTEGER NOT NULL DEFAULT 0;
   ALTER TABLE pulled ADD COLUMN checksum INTEGER NOT NULL DEFAULT 0;
   UPDATE facts SET checksum = row_checksum('facts', name, value);
   UPDATE tasks SET payload_checksum = row_checksum('payload', arn, ordinal, payload);
   UPDATE tasks SET known_checksum = row_checksum('known', arn, known);
   UPDATE ended SET checksum = row_checksum('ended', arn, at);
   UPDATE pulled SET checksum = row_checksum('pulled', image);`,
];

/** What holds for each row. */
const checks = [
  { table: 'facts', key: 'name', isSound: `checksum = row_checksum('facts', name, value)` },
  {
    table: 'tasks',
    key: 'arn',
    isSound: `payload_checksum = row_checksum('payload', arn, ordinal, payload)
      AND known_checksum = row_checksum('known', arn, known)`,
  },
  { table: 'ended', key: 'arn', isSound: `checksum = row_checksum('ended', arn, at)` },
  { table: 'pulled', key: 'image', isSound: `checksum = row_checksum('pulled', image)` },
];
/** Of the first version, which kept no checksums. */
const plainChecks = [
  { table: 'facts', key: 'name', isSound: 'json_valid(value)' },
  { table: 'tasks', key: 'arn', isSound: 'json_valid(payload) AND json_valid(known)' },
];

export const versionOf = (database: DatabaseSync): number =>
  Number(database.prepare('PRAGMA user_version').get()!['user_version']);

/** A row or a page is not as it was saved. */
export class DamagedAgentStateError extends Error {
  override readonly name = 'DamagedAgentStateError';
}

/** Throws an Error, a DamagedAgentStateError where that is so, and changes nothing, when the database is damaged or newer. */
export function bringUpToDate(database: DatabaseSync): void {
  const found = versionOf(database);
  if (found > steps.length) throw new Error(newerVersion(found));
  const [damage] = damageOf(database);
  if (damage !== undefined) throw new DamagedAgentStateError(damage);
  if (found === steps.length) return;
  inTransaction(database, () => {
    for (const step of steps.slice(found)) database.exec(step);
    database.exec(`PRAGMA user_version = ${steps.length}`);
  });
}

const newerVersion = (found: number): string =>
  `it has schema version ${found}, and this agent knows versions up to ${steps.length}: start the release that wrote ` +
  'it, or a later one';

/** What is wrong with the database, a sentence each; also that it is newer. */
export function damageOf(database: DatabaseSync): string[] {
  const version = versionOf(database);
  if (version > steps.length) return [newerVersion(version)];
  database.function('row_checksum', { deterministic: true, varargs: true }, (part, ...values) =>
    rowChecksum(String(part), ...(values as (string | number)[])),
  );
  return [...integrityProblems(database), ...brokenRows(database, version)];
}

function brokenRows(database: DatabaseSync, version: number): string[] {
  const { tables } = database.prepare('SELECT count(*) AS tables FROM sqlite_schema').get()!;
  if (version === 0) return tables === 0 ? [] : ['its schema version is missing'];
  return (version === 1 ? plainChecks : checks).flatMap(({ table, key, isSound }) =>
    database
      .prepare(`SELECT ${key} AS key FROM ${table} WHERE (${isSound}) IS NOT TRUE`)
      .all()
      .map((row) => `row ${String(row['key'])} of table ${table} is not as it was saved`),
  );
}
