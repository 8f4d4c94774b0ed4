// What a private engine that was killed leaves mounted.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Takes away what is mounted under `folder`, the innermost first. `path` is where programs are looked for. */
export function unmountUnder(folder: string, path: string): void {
  unmount(
    mountPoints().filter((mount) => mount.startsWith(`${folder}/`)),
    path,
  );
}

/**
 * Lets go of the network namespaces of private engines that were killed. Each holds an address on the usual bridge, which
 * the next engine gives out again: connections to one container then reach nobody. Only for where no engine runs.
 */
export function unmountLeftNamespaces(path: string): void {
  unmount(leftNamespaces(mountPoints()), path);
}

/** Those of `mounts` that are network namespaces of containers in the layout of a private engine's run directory. */
export const leftNamespaces = (mounts: readonly string[]): string[] =>
  mounts.filter((mount) =>
    /(\/engine\/run|^\/run\/longshore-[0-9a-f]{12})\/netns\/[0-9a-f]{12}$/.test(mount),
  );

const mountPoints = (): string[] => pointsOf(readFileSync('/proc/self/mounts', 'utf8'));

/** The mount points of the table `mounts`, in the order in which they were mounted; it has blanks and their like as octal numbers. */
export const pointsOf = (mounts: string): string[] =>
  mounts
    .trim()
    .split('\n')
    .map((line) =>
      (line.split(' ')[1] ?? '').replace(/\\([0-7]{3})/g, (_, octal: string) =>
        String.fromCharCode(Number.parseInt(octal, 8)),
      ),
    );

/** Lazily: what is still in use goes when its last user does. */
function unmount(mounts: readonly string[], path: string): void {
  for (const mount of mounts.toReversed()) execFileSync('umount', ['--lazy', mount], { env: { PATH: path } });
}
