// Which process has locked a file, where the system tells it (Linux): for sentences to people, never to decide by.
import { readdirSync, readFileSync, readlinkSync, realpathSync, statSync } from 'node:fs';

/** The id of a process that holds a lock on the file; undefined where that cannot be known. */
export function lockHolder(path: string): number | undefined {
  try {
    const [file, inode] = [realpathSync(path), statSync(path).ino];
    const locks = readFileSync('/proc/locks', 'utf8').matchAll(/ (\d+) [0-9a-f]+:[0-9a-f]+:(\d+) /g);
    for (const [, pid, locked] of locks)
      if (Number(locked) === inode && hasOpen(pid!, file)) return Number(pid);
  } catch {
    // Another system, or another user's process.
  }
  return undefined;
}

/** Inodes are numbered by file system: another one's file may have the same number. */
const hasOpen = (pid: string, file: string): boolean =>
  readdirSync(`/proc/${pid}/fd`).some((fd) => linkOf(`/proc/${pid}/fd/${fd}`) === file);

function linkOf(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch {
    // It was closed just now.
    return undefined;
  }
}

/** ` (pid 123)`, to go behind the name of who uses the file; empty where that cannot be known. */
export function lockHolderText(path: string): string {
  const pid = lockHolder(path);
  return pid === undefined ? '' : ` (pid ${pid})`;
}
