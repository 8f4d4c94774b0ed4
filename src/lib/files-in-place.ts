// Finds out that an open file is no longer the one of its name: what is written to it then is lost with the process.
import { statSync } from 'node:fs';

/** Whether files that are written to can still be found by their names: what is written to others is lost. */
export class FilesInPlace {
  readonly #paths: readonly string[];
  readonly #inodes = new Map<string, string>();

  constructor(paths: readonly string[]) {
    this.#paths = paths;
  }

  /** Throws an Error with the code ESTALE that names the first file that was deleted, moved or replaced since it was first seen here. */
  check(): void {
    for (const path of this.#paths) {
      const found = statSync(path, { throwIfNoEntry: false });
      const inode = found && `${found.dev}:${found.ino}`;
      const known = this.#inodes.get(path);
      if (inode === undefined || (known !== undefined && known !== inode)) {
        throw Object.assign(new Error(`${path} was deleted or replaced while it was in use`), {
          code: 'ESTALE',
        });
      }
      if (known === undefined) this.#inodes.set(path, inode);
    }
  }
}
