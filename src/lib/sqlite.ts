// What all databases of this program share: errors that name their file, and transactions that tell their first error.
import { statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';

/** SQLite's result codes that callers tell apart. */
export const sqliteCodes = {
  error: 1,
  busy: 5,
  inputOutput: 10,
  corrupt: 11,
  full: 13,
  notADatabase: 26,
} as const;

/** The result code of an error of SQLite, without its details; undefined for every other error. */
export function sqliteCodeOf(error: unknown): number | undefined {
  const { errcode } = error as { errcode?: number };
  return errcode === undefined ? undefined : errcode & 0xff;
}

/** Whether a disk had no room for what was to be written, as SQLite or as the system says it. */
export const isDiskFull = (error: unknown): boolean =>
  sqliteCodeOf(error) === sqliteCodes.full || (error as NodeJS.ErrnoException).code === 'ENOSPC';

/** Does `work`; an error of SQLite or the system that does not name `path` is thrown with it in front, its codes kept. */
export function namingFile<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw withFileName(path, error);
  }
}

/** The error with the file in front of its message; itself where it names the file already, or is one of ours. */
export function withFileName(path: string, error: unknown): Error {
  const cause = error as NodeJS.ErrnoException & { errcode?: number };
  const { code, errcode } = cause;
  if (code === undefined || cause.message.includes(path)) return cause;
  const isUnclear = sqliteCodeOf(cause) === sqliteCodes.inputOutput;
  const message = isUnclear ? withDiskFull(path, cause.message) : cause.message;
  return Object.assign(new Error(`${path}: ${message}`, { cause }), { code, errcode });
}

/** SQLite says only that a file beside the database could not be written, also where the disk has no room for it. */
function withDiskFull(path: string, message: string): string {
  try {
    return statfsSync(dirname(path)).bavail === 0 ? `the disk is full (${message})` : message;
  } catch {
    return message;
  }
}

/** Does `work` in a transaction, all or nothing; throws what `work` or COMMIT threw, whatever a ROLLBACK says. */
export function inTransaction<T>(database: DatabaseSync, work: () => T): T {
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    rollBack(database);
    throw error;
  }
}

/** After a full disk, SQLite has rolled back itself; and what a failing ROLLBACK leaves, the next opening takes back. */
function rollBack(database: DatabaseSync): void {
  if (!database.isTransaction) return;
  try {
    database.exec('ROLLBACK');
  } catch {
    // The first error is the one to tell.
  }
}

/** What SQLite finds wrong with the database's pages and indexes, a sentence each, 10 at most; nothing is changed. */
export function integrityProblems(database: DatabaseSync): string[] {
  const found = database
    .prepare('PRAGMA integrity_check(10)')
    .all()
    .map((row) => String(row['integrity_check']));
  return found.filter((sentence) => sentence !== 'ok');
}
