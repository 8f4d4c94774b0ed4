// Which agent this is, even when its state is lost: it follows from where its data directory lies, and from nothing in it.
import { createHash } from 'node:crypto';
import { readFileSync, realpathSync } from 'node:fs';
import { hostname } from 'node:os';

/** A place in a file system that a directory is mounted from. */
interface MountPoint {
  /** `major:minor` of the file system's device. */
  readonly device: string;
  /** The directory of that file system that is mounted. */
  readonly root: string;
  /** Where it is mounted. */
  readonly path: string;
}

/**
 * The id of the agent whose data directory is `dataDirectory`, which must exist: 32 hex digits. Two agents never have the
 * same, as one directory has one agent; not even in containers that call different directories of the host by one path, or
 * while the disk that belongs there is not mounted.
 */
export function agentIdOf(dataDirectory: string): string {
  const path = realpathSync(dataDirectory);
  const place = placeOf(path, mountPoints(readIfThere('/proc/self/mountinfo')));
  const machine = readIfThere('/etc/machine-id').trim();
  return createHash('sha256')
    .update(JSON.stringify([hostname(), machine, place]))
    .digest('hex')
    .slice(0, 32);
}

/** Where `path` lies, whatever it is called here: the file system and the path in it; `path` itself where nothing is known of mounts. */
export function placeOf(path: string, mounts: readonly MountPoint[]): string {
  // The last of those mounted on one path hides the others.
  const under = mounts.filter((mount) => isWithin(path, mount.path));
  const longest = Math.max(...under.map((mount) => mount.path.length));
  const mount = under.findLast((one) => one.path.length === longest);
  if (mount === undefined) return path;
  const rest = path.slice(mount.path === '/' ? 0 : mount.path.length);
  return `${mount.device} ${mount.root === '/' ? '' : mount.root}${rest}`;
}

const isWithin = (path: string, directory: string): boolean =>
  directory === '/' || path === directory || path.startsWith(`${directory}/`);

/** The lines of /proc/self/mountinfo, in the order of mounting. */
export const mountPoints = (text: string): readonly MountPoint[] =>
  text.split('\n').flatMap((line) => {
    const [, , device, root, path] = line.split(' ');
    return device && root && path ? [{ device, root: unescaped(root), path: unescaped(path) }] : [];
  });

/** The kernel writes spaces and the like as `\040`. */
const unescaped = (text: string): string =>
  text.replace(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)));

function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
