// Files that only the server's own user may read.
import { chmodSync, closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';

/** Makes the file, and the directories to it that are missing, or takes rights away from one that is there. */
export function ensurePrivateFile(path: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  try {
    closeSync(openSync(path, 'wx', 0o600));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    // By name: opening and closing the file here would drop the lock that a database of this process holds on it.
    chmodSync(path, 0o600);
  }
}
