import { statSync } from 'node:fs';
import { join } from 'node:path';

/** The database's name in the data directory. */
export const databaseFile = 'store.db';
/** That of SQLite's write-ahead log beside it. */
export const logFile = `${databaseFile}-wal`;
/** That of the last revision that was acknowledged. */
export const markFile = 'store.mark';

export interface StatePaths {
  readonly directory: string;
  readonly database: string;
  readonly log: string;
  readonly mark: string;
}

export const statePaths = (directory: string): StatePaths => ({
  directory,
  database: join(directory, databaseFile),
  log: join(directory, logFile),
  mark: join(directory, markFile),
});

/** Bytes; undefined where there is no such file. */
export const sizeOf = (path: string): number | undefined => statSync(path, { throwIfNoEntry: false })?.size;
