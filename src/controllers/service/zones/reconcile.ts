// How a service that is steady comes to be even over availability zones: what it starts and where, and what it stops once
// that is healthy. Pure. Every such move makes the zones more even, so it comes to an end.
import type { ServiceTask } from '../task-view.ts';

export type ZoneTask = Pick<
  ServiceTask,
  'arn' | 'zone' | 'instance' | 'isHealthy' | 'isUnhealthy' | 'isProtected'
>;

export interface ZoneView {
  readonly desiredCount: number;
  /** How many tasks there may be at once. */
  readonly maximum: number;
  readonly tasks: readonly ZoneTask[];
  /** Where another task may be placed. */
  readonly zones: readonly string[];
  /** How many tasks were started for which others are still to stop. */
  readonly extra: number;
}

export type ZoneMoves =
  /** It is even, or not the time; or what was started is not healthy yet. */
  | { readonly kind: 'none' }
  /** So many tasks, by zone. */
  | { readonly kind: 'start'; readonly counts: ReadonlyMap<string, number> }
  | { readonly kind: 'stop'; readonly tasks: readonly ZoneTask[] }
  /** What was started came to nothing, or is not needed any more. */
  | { readonly kind: 'giveUp' }
  /** All tasks that could make way are protected. */
  | { readonly kind: 'protected' };

/** The next move. */
export function reconcileZones(view: ZoneView): ZoneMoves {
  return view.extra > 0 ? finish(view) : begin(view);
}

/** How many tasks are in each zone, those where one may be placed included, by name. */
export function zoneCounts({ tasks, zones }: Pick<ZoneView, 'tasks' | 'zones'>): Map<string, number> {
  const names = [...new Set([...zones, ...tasks.map(({ zone }) => zone)])].sort();
  return new Map(names.map((name) => [name, tasks.filter(({ zone }) => zone === name).length]));
}

/** The difference between the fullest zone and the emptiest in which a task may be placed. */
export function unevenness(counts: ReadonlyMap<string, number>, zones: readonly string[]): number {
  const least = Math.min(...zones.map((zone) => counts.get(zone) ?? 0));
  return Math.max(...counts.values()) - least;
}

function begin(view: ZoneView): ZoneMoves {
  const { tasks, desiredCount, zones } = view;
  const isSteady = tasks.length === desiredCount && tasks.every((task) => task.isHealthy);
  if (!isSteady || zones.length === 0) return { kind: 'none' };
  const counts = zoneCounts(view);
  const room = view.maximum - tasks.length;
  if (room <= 0 || unevenness(counts, zones) <= 1) return { kind: 'none' };
  const starts = startsFor(view, counts, room);
  return starts.size > 0 ? { kind: 'start', counts: starts } : { kind: 'protected' };
}

/** Each from the fullest zone that can give one to the emptiest that can take one. */
function startsFor(
  { tasks, zones }: ZoneView,
  before: ReadonlyMap<string, number>,
  room: number,
): ReadonlyMap<string, number> {
  const counts = new Map(before);
  const free = zoneCounts({ tasks: tasks.filter((task) => !task.isProtected), zones: [] });
  const starts = new Map<string, number>();
  for (let left = room; left > 0; left--) {
    const to = zones.reduce((best, zone) => (counts.get(zone)! < counts.get(best)! ? zone : best));
    const giving = [...free].filter(([, count]) => count > 0).map(([zone]) => zone);
    const from = giving.reduce((best, zone) => (counts.get(zone)! > counts.get(best)! ? zone : best), to);
    if (counts.get(from)! - counts.get(to)! <= 1) break;
    counts.set(from, counts.get(from)! - 1);
    free.set(from, free.get(from)! - 1);
    counts.set(to, counts.get(to)! + 1);
    starts.set(to, (starts.get(to) ?? 0) + 1);
  }
  return starts;
}

function finish({ tasks, desiredCount, extra }: ZoneView): ZoneMoves {
  const tooMany = Math.min(extra, tasks.length - desiredCount);
  if (tooMany <= 0 || tasks.some((task) => task.isUnhealthy)) return { kind: 'giveUp' };
  if (!tasks.every((task) => task.isHealthy)) return { kind: 'none' };
  const left = [...tasks];
  const chosen: ZoneTask[] = [];
  while (chosen.length < tooMany) {
    const next = fullestFirst(left);
    if (!next) break;
    left.splice(left.indexOf(next), 1);
    chosen.push(next);
  }
  return chosen.length > 0 ? { kind: 'stop', tasks: chosen } : { kind: 'giveUp' };
}

/** A task of the fullest zone, and there of the fullest instance, that is not protected. */
function fullestFirst(tasks: readonly ZoneTask[]): ZoneTask | undefined {
  const zones = Map.groupBy(tasks, ({ zone }) => zone);
  const instances = Map.groupBy(tasks, ({ instance }) => instance);
  const crowd = ({ zone, instance }: ZoneTask): number =>
    zones.get(zone)!.length * (tasks.length + 1) + instances.get(instance)!.length;
  const free = tasks.filter((task) => !task.isProtected);
  return free.length === 0
    ? undefined
    : free.reduce((best, task) => (crowd(task) > crowd(best) ? task : best));
}
