// Which imports break the rules: the room table, no circles, packages that are there at run time.
import { dirname, join } from 'node:path/posix';
import { circles } from './circles.ts';
import type { Import } from './read-imports.ts';
import { divided, rooms } from './rooms.ts';

export interface SourceFile {
  /** Relative to the project, with forward slashes. */
  readonly path: string;
  readonly imports: readonly Import[];
}

/** One sentence a breach, with the file and line. `devPackages` may be imported only as types. */
export function findBreaches(files: readonly SourceFile[], devPackages: ReadonlySet<string>): string[] {
  const shipped = files.filter(({ path }) => path.startsWith('src/') && !path.endsWith('.test.ts'));
  return [
    ...shipped.flatMap((file) =>
      file.imports.flatMap((found) => {
        const breach = importBreach(file.path, found, devPackages);
        return breach === undefined ? [] : [`${file.path}:${found.line}: ${breach}`];
      }),
    ),
    ...circleBreaches(shipped),
  ];
}

function importBreach(path: string, found: Import, devPackages: ReadonlySet<string>): string | undefined {
  if (found.exportsAll) return `export * from ${found.specifier}: name what is exported`;
  const target = localTarget(path, found.specifier);
  if (target !== undefined) return roomBreach(path, target);
  const name = packageName(found.specifier);
  return devPackages.has(name) && !found.typeOnly
    ? `${name} is a development dependency and is not there at run time: import type`
    : undefined;
}

function roomBreach(path: string, target: string): string | undefined {
  if (!target.startsWith('src/')) return `src/ must not import ${target}`;
  const [from, to] = [roomOf(path), roomOf(target)];
  const allowed = rooms[from.room];
  if (allowed === undefined) return `${from.room} is no room: scripts/lint/rooms.ts lists them`;
  if (from.room === to.room) {
    const isOwn = to.part === undefined || to.part === from.part || !divided.has(from.room);
    return isOwn ? undefined : `${from.room}/${from.part ?? ''} must not import ${to.room}/${to.part}`;
  }
  return allowed === 'all' || to.room === 'lib' || allowed.includes(to.room)
    ? undefined
    : `${from.room} must not import ${to.room} (${target})`;
}

/** `src/apis/ecs/errors.ts` is in room `apis`, part `ecs`; `src/server.ts` is a room by itself. */
function roomOf(path: string): { readonly room: string; readonly part?: string | undefined } {
  const [, room = '', ...rest] = path.split('/');
  return { room, part: rest.length > 1 ? rest[0] : undefined };
}

/**
 * What lies side by side in a folder, files and folders, must not depend on one another in a circle. A folder counts as one thing,
 * whatever is in it; so `api.ts` may gather `operations/`, which use `errors.ts`.
 */
function circleBreaches(files: readonly SourceFile[]): string[] {
  const dependencies = new Map<string, Set<string>>();
  const example = new Map<string, string>();
  for (const { path, imports } of files) {
    for (const { specifier, line } of imports) {
      const target = localTarget(path, specifier);
      if (target === undefined || target === path) continue;
      const [from, to] = sideBySide(path, target);
      dependencies.set(from, (dependencies.get(from) ?? new Set()).add(to));
      example.set(`${from}>${to}`, `${path}:${line}`);
    }
  }
  return circles(dependencies).map((circle) => {
    const steps = circle.slice(1).map((to, index) => `${to} (${example.get(`${circle[index]}>${to}`)})`);
    return `circle: ${[circle[0], ...steps].join(' -> ')}`;
  });
}

/** The two paths, each cut off where they part. */
function sideBySide(path: string, target: string): readonly [string, string] {
  const [from, to] = [path.split('/'), target.split('/')];
  const parting = from.findIndex((name, index) => name !== to[index]);
  return [from.slice(0, parting + 1).join('/'), to.slice(0, parting + 1).join('/')];
}

const localTarget = (path: string, specifier: string): string | undefined =>
  specifier.startsWith('.') ? join(dirname(path), specifier) : undefined;

const packageName = (specifier: string): string =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
