// What a REPLICA service does next: which tasks it starts, and which it stops. Pure; run twice it asks for nothing more.
// Rounding and order follow ECS's rolling update: start from the newest deployment as far as the maximum allows, stop what
// is old as far as the minimum allows. What served before is started again where the minimum needs it.

import type { StopOrder } from '../plan.ts';
import { scaleInOrder } from '../scale-in-order.ts';
import type { RollingTask, RollingView } from './rolling-view.ts';
import { stays, chooseOld } from './draining-order.ts';

export interface Moves {
  /** How many tasks of the deployment that new ones are of to start. */
  readonly start: number;
  /** How many it lacks, whether they may be started now or not. */
  readonly missing: number;
  /** How many tasks to start of the one that served before, if one did, and how many it is to have. */
  readonly source?: { readonly start: number; readonly kept: number } | undefined;
  readonly stop: readonly StopOrder[];
  /** More is to be done, but the percents allow neither a start nor a stop, and nothing under way will change that. */
  readonly isStuck: boolean;
}

/** The next moves of the service. */
export function reconcile<T extends RollingTask>(view: RollingView<T>): Moves {
  const { tasks, isCurrent } = view;
  const current: T[] = [];
  const old: T[] = [];
  for (const task of tasks) (isCurrent(task) ? current : old).push(task);
  const healthy = countOf(tasks, isHealthy);
  const wanted = view.desiredCount + (view.surge ?? 0) + awaited(current);
  const tooMany = Math.min(current.length - wanted, view.maxStops ?? Infinity);
  const surplus = chooseSurplus(current, tooMany, healthy - view.minimum);
  const good = countOf(current, isNotUnhealthy) - countOf(surplus, isNotUnhealthy);
  const room = Math.max(0, view.maximum - (tasks.length - surplus.size));
  const missing = Math.max(0, view.desiredCount - good);
  const source = view.source && sourceNeed(view);
  const startSource = view.source?.mayStart && source ? Math.min(room, source.missing) : 0;
  const start = view.mayStart ? Math.min(room - startSource, missing) : 0;
  // Where nothing can take its place nothing is replaced, but what is not wanted at all still goes.
  const mayGo = view.mayReplace ? old.length : Math.max(0, old.length - view.desiredCount);
  const left = healthy - countOf(surplus, isHealthy);
  const replaced = chooseOld(view, old, left, source?.spare ?? 0).slice(0, mayGo);
  const blocked = start + startSource === 0 && missing > 0 && room === 0 && view.mayStart;
  const sick = blocked ? current.filter((task) => maySicken(task) && !surplus.has(task)).slice(0, 1) : [];
  return {
    start,
    missing,
    source: source && {
      start: startSource,
      kept: Math.max(source.needed, source.staying - countOf(replaced, (task) => stays(view, task))),
    },
    stop: [...surplus, ...replaced, ...sick].map((task) => stopOrder(view, task)),
    isStuck: blocked && replaced.length + surplus.size + sick.length === 0 && old.length > 0 && isQuiet(view),
  };
}

const isHealthy = (task: RollingTask): boolean => task.isHealthy;
const isNotUnhealthy = (task: RollingTask): boolean => !task.isUnhealthy;
const maySicken = (task: RollingTask): boolean => task.isUnhealthy && !task.isProtected;

/** How many there are, without a list of them: a service may have thousands of tasks, and a hundred steps to take. */
function countOf<T>(tasks: Iterable<T>, where: (task: T) => boolean): number {
  let count = 0;
  for (const task of tasks) if (where(task)) count += 1;
  return count;
}

const stopOrder = <T extends RollingTask>(view: RollingView<T>, task: T): StopOrder => ({
  arn: task.arn,
  because: task.isUnhealthy && (view.isCurrent(task) || view.ofSource?.(task)) ? 'health' : 'scaling',
});

interface SourceNeed {
  /** How many tasks of it the minimum needs, since the others that are healthy are too few. */
  readonly needed: number;
  /** How many it has that may stay and whose health checks do not fail. */
  readonly staying: number;
  readonly missing: number;
  readonly spare: number;
}

/** What is needed of the deployment that served before. */
function sourceNeed<T extends RollingTask>(view: RollingView<T>): SourceNeed {
  const others = countOf(view.tasks, (task) => task.isHealthy && view.ofSource?.(task) === undefined);
  const staying = countOf(view.tasks, (task) => !task.isUnhealthy && stays(view, task));
  const needed = Math.max(0, view.minimum - others);
  return {
    needed,
    staying,
    missing: Math.max(0, needed - staying),
    spare: Math.max(0, staying - needed),
  };
}

/** How many unhealthy tasks stay until their replacements, which are on their way, have turned out well or not. */
function awaited(current: readonly RollingTask[]): number {
  const unhealthy = countOf(current, (task) => task.isUnhealthy);
  return unhealthy === 0 ? 0 : Math.min(unhealthy, countOf(current, isUnderway));
}

const isUnderway = (task: RollingTask): boolean => !task.isHealthy && !task.isUnhealthy;

/** Nothing that is started will yet become healthy and allow the next move. */
const isQuiet = ({ tasks }: Pick<RollingView, 'tasks'>): boolean =>
  tasks.every((task) => task.isHealthy || task.isProtected);

/** Too many: of the healthy only as many as can be spared. */
function chooseSurplus<T extends RollingTask>(
  current: readonly T[],
  count: number,
  spare: number,
): ReadonlySet<T> {
  const chosen = new Set<T>();
  if (count <= 0) return chosen;
  for (const task of scaleInOrder(current)) {
    // The healthy come last.
    if (task.isHealthy && spare-- <= 0) break;
    chosen.add(task);
    if (chosen.size >= count) break;
  }
  return chosen;
}
