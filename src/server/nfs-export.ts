// File systems on an export of NFS that this machine has mounted: the server mounts nothing itself, which only root may do.
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join, posix } from 'node:path';
import type { FileSystemDirectories } from '../aws/efs/controllers/file-system-directories/directories.ts';
import { makeDirectory } from '../lib/make-directory.ts';

/** The export is not mounted here; the message is a sentence that says what to do. */
export class NotMountedError extends Error {
  override readonly name = 'NotMountedError';
}

/** Answers the system's table of mounts, as Linux writes it in /proc/self/mountinfo. */
export type ReadMounts = () => string;

const mountTable = '/proc/self/mountinfo';

/** Undefined where the system has no such table. */
export const readMounts = (): string => (existsSync(mountTable) ? readFileSync(mountTable, 'utf8') : '');

/** The directories of file systems on the export `nfs://host/path`; throws NotMountedError, also later, where it is not mounted. */
export function directoriesOnExport(url: string, read: ReadMounts = readMounts): FileSystemDirectories {
  const place = (): string => {
    const directory = mountedAt(read(), url);
    // What would be made below an empty mount point would be on another disk, and hidden by the next mount.
    if (directory === undefined) throw notMounted(url);
    return directory;
  };
  place();
  return {
    // As EFS's own root directory has it: who may do what there is for its users to say.
    make: (id) => makeDirectory(join(place(), id), 0o755),
    remove: (id) => rmSync(join(place(), id), { recursive: true, force: true }),
  };
}

function notMounted(url: string): NotMountedError {
  const { host, path } = exportOf(url);
  return new NotMountedError(
    `The export ${url} is not mounted on this machine. Mount it, as root, with: mount -t nfs ${host}:${path} /mnt`,
  );
}

/** The directory through which this machine reaches the export, by the table of mounts; undefined where it is not mounted. Pure. */
export function mountedAt(table: string, url: string): string | undefined {
  const wanted = exportOf(url);
  const found = table.split('\n').flatMap((line) => {
    const mount = nfsMount(line);
    if (mount === undefined || mount.host !== wanted.host) return [];
    const rest = posix.relative(mount.path, wanted.path);
    return rest === '..' || rest.startsWith('../') ? [] : [{ directory: join(mount.directory, rest), rest }];
  });
  // The mount that is nearest to it; of several, the one that was made last is on top.
  const shortest = Math.min(...found.map(({ rest }) => rest.length));
  return found.findLast(({ rest }) => rest.length === shortest)?.directory;
}

interface Export {
  readonly host: string;
  readonly path: string;
}

function exportOf(url: string): Export {
  const { hostname, pathname } = new URL(url);
  return { host: hostname.toLowerCase(), path: posix.resolve('/', decodeURIComponent(pathname)) };
}

/** A line has `id parent device root directory options… - type source options`. */
function nfsMount(line: string): (Export & { readonly directory: string }) | undefined {
  const [before = '', after = ''] = line.split(' - ', 2);
  const [, , , root = '', directory = ''] = before.split(' ').map(unescaped);
  const [type = '', source = ''] = after.split(' ').map(unescaped);
  const [, host, path] = /^(\[[^\]]+\]|[^:]+):(\/.*)$/.exec(source) ?? [];
  if (!/^nfs4?$/.test(type) || host === undefined) return undefined;
  return { host: host.toLowerCase(), path: posix.join(path!, root), directory };
}

/** Spaces and the like are written in octal. */
const unescaped = (text: string): string =>
  text.replaceAll(/\\([0-7]{3})/g, (_whole, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 8)),
  );
