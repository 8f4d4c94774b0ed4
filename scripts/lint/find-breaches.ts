// Which imports break the rules: the room table, no circles, packages that are there at run time.
import { dirname, join } from 'node:path/posix';
import { circles } from './circles.ts';
import type { Import } from './read-imports.ts';
import { divided, edges, rooms } from './rooms.ts';

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
    ...edgeCircles(),
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
  const [from, to] = [placeOf(path), placeOf(target)];
  if (from === undefined) return `${path} is in no room: scripts/lint/rooms.ts lists them`;
  if (rooms[from.room] === 'all') return undefined;
  if (to === undefined) return `${target} is in no room: scripts/lint/rooms.ts lists them`;
  const breach = `${nameOf(from)} must not import ${nameOf(to)} (${target})`;
  if (from.room === to.room && from.service === to.service) {
    const isOwn = to.part === undefined || to.part === from.part || !divided.has(from.room);
    return isOwn ? undefined : breach;
  }
  return mayImport(from, to) ? undefined : breach;
}

const edgeCircles = (): string[] =>
  circles(new Map(Object.entries(edges).map(([from, to]) => [from, new Set(to)]))).map(
    (circle) => `circle of services: ${circle.join(' -> ')}`,
  );

/** Where a file is: its room in the table, the service that `*` stands for there, and the folder in the room. */
interface Place {
  readonly room: string;
  readonly service?: string | undefined;
  readonly part?: string | undefined;
}

/** The room of the longest name that fits; `src/server.ts` is a room by itself. */
function placeOf(path: string): Place | undefined {
  const names = path.split('/').slice(1);
  const service = names[0] === 'aws' && names[1] !== 'shared' && names.length > 2 ? names[1] : undefined;
  const pattern = names.map((name, index) => (index === 1 && service !== undefined ? '*' : name));
  for (let length = pattern.length; length > 0; length--) {
    const room = pattern.slice(0, length).join('/');
    if (rooms[room] === undefined) continue;
    return { room, service, part: names.length > length + 1 ? names[length] : undefined };
  }
  return undefined;
}

function mayImport(from: Place, to: Place): boolean {
  if (to.room === 'lib') return true;
  const allowed = rooms[from.room]!;
  if (allowed.includes(to.room.replace('*', to.service ?? ''))) return true;
  if (!allowed.includes(to.room)) return false;
  return from.service === undefined || from.service === to.service || isEdge(from, to);
}

const isEdge = (from: Place, to: Place): boolean =>
  to.room === 'aws/*/state' && (edges[from.service!] ?? []).includes(to.service!);

const nameOf = ({ room, service, part }: Place): string =>
  room.replace('*', service ?? '*') + (divided.has(room) ? `/${part ?? ''}` : '');

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
