// Files that only the server's own user may read.
import { chmodSync, closeSync, openSync } from 'node:fs';

/** Makes the file, or takes rights away from one that is there. */
export function ensurePrivateFile(path: string): void {
  try {
    closeSync(openSync(path, 'wx', 0o600));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    // By name: opening and closing the file here would drop the lock that a database of this process holds on it.
    chmodSync(path, 0o600);
  }
}
