// The files of a state in its data directory.
import { statSync } from 'node:fs';
import { basename, join } from 'node:path';

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

/** Whether files that are written to can still be found by their names: what is written to others is lost. */
export class FilesInPlace {
  readonly #paths: readonly string[];
  readonly #inodes = new Map<string, string>();

  constructor(paths: readonly string[]) {
    this.#paths = paths;
  }

  /** Throws an Error that names the first file that was deleted, moved or replaced since it was first seen here. */
  check(): void {
    for (const path of this.#paths) {
      const found = statSync(path, { throwIfNoEntry: false });
      const inode = found && `${found.dev}:${found.ino}`;
      const known = this.#inodes.get(path);
      if (inode === undefined || (known !== undefined && known !== inode)) {
        throw new Error(`${path}: ${basename(path)} was deleted or replaced while it was in use`);
      }
      if (known === undefined) this.#inodes.set(path, inode);
    }
  }
}
