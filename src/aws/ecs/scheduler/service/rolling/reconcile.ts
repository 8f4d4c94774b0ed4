// What a REPLICA service does next: which tasks it starts, and which it stops. Pure; run twice it asks for nothing more.
// Rounding and order follow ECS's rolling update: start from the newest deployment as far as the maximum allows, stop what
// is old as far as the minimum allows. What served before is started again where the minimum needs it.

import type { StopOrder } from '../plan.ts';
import { scaleInOrder, worth } from '../scale-in-order.ts';
import type { ServiceTask } from '../task-view.ts';

export interface RollingTask extends Omit<ServiceTask, 'deploymentId' | 'mayStay'> {
  /** Of the deployment that new tasks are started of, on an instance that is not DRAINING. */
  readonly isCurrent: boolean;
  /** Of the deployment that served before: on an instance that is not DRAINING, or on one that is. */
  readonly ofSource?: 'stays' | 'leaves' | undefined;
}

export interface RollingView {
  readonly desiredCount: number;
  /** How many tasks must stay healthy, and how many may be wanted at once, all deployments together. */
  readonly minimum: number;
  readonly maximum: number;
  /** There is a deployment to start tasks of, and it is not held back after failures. */
  readonly mayStart: boolean;
  /** There is one: what is old may go. If not, only what is beyond `desiredCount` does. */
  readonly mayReplace: boolean;
  /** Another deployment served before: as many tasks as the minimum needs are kept of it. `mayStart`: it is not held back. */
  readonly source?: { readonly mayStart: boolean } | undefined;
  readonly tasks: readonly RollingTask[];
  /** How many tasks beyond `desiredCount` are there to become even over availability zones. Absent = 0. */
  readonly extra?: number | undefined;
  /** Of those that are too many no more than this need be chosen. Absent: all are. */
  readonly mostStops?: number | undefined;
}

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
export function reconcile(view: RollingView): Moves {
  const current = view.tasks.filter((task) => task.isCurrent);
  const old = view.tasks.filter((task) => !task.isCurrent);
  const spare = view.tasks.filter((task) => task.isHealthy).length - view.minimum;
  const wanted = view.desiredCount + (view.extra ?? 0) + awaited(current);
  const tooMany = Math.min(current.length - wanted, view.mostStops ?? Infinity);
  const surplus = chooseSurplus(current, tooMany, spare);
  const remaining = view.tasks.length - surplus.size;
  const good = current.filter((task) => !task.isUnhealthy && !surplus.has(task));
  const room = Math.max(0, view.maximum - remaining);
  const missing = Math.max(0, view.desiredCount - good.length);
  const source = lookAtSource(view);
  const startSource = view.source?.mayStart ? Math.min(room, source.missing) : 0;
  const start = view.mayStart ? Math.min(room - startSource, missing) : 0;
  // Where nothing can take its place nothing is replaced, but what is not wanted at all still goes.
  const mayGo = view.mayReplace ? old.length : Math.max(0, old.length - view.desiredCount);
  const replaced = chooseOld(view, old, surplus, source.spare).slice(0, mayGo);
  const blocked = start + startSource === 0 && missing > 0 && room === 0 && view.mayStart;
  const sick = blocked
    ? current.filter((task) => task.isUnhealthy && !task.isProtected && !surplus.has(task)).slice(0, 1)
    : [];
  const leaving = replaced.filter(({ ofSource }) => ofSource === 'stays').length;
  return {
    start,
    missing,
    source: view.source && {
      start: startSource,
      kept: Math.max(source.needed, source.staying - leaving),
    },
    stop: [
      ...[...surplus, ...replaced].map(({ arn, isUnhealthy, isCurrent, ofSource }) => ({
        arn,
        because: isUnhealthy && (isCurrent || ofSource) ? ('health' as const) : ('scaling' as const),
      })),
      ...sick.map(({ arn }) => ({ arn, because: 'health' as const })),
    ],
    isStuck: blocked && replaced.length + surplus.size + sick.length === 0 && old.length > 0 && isQuiet(view),
  };
}

interface SourceLook {
  /** How many tasks of it the minimum needs, since the others that are healthy are too few. */
  readonly needed: number;
  /** How many it has that may stay and whose health checks do not fail. */
  readonly staying: number;
  readonly missing: number;
  readonly spare: number;
}

/** What is needed of the deployment that served before. */
function lookAtSource({ tasks, minimum }: RollingView): SourceLook {
  const others = tasks.filter((task) => task.ofSource === undefined && task.isHealthy).length;
  const staying = tasks.filter((task) => task.ofSource === 'stays' && !task.isUnhealthy).length;
  const needed = Math.max(0, minimum - others);
  return {
    needed,
    staying,
    missing: Math.max(0, needed - staying),
    spare: Math.max(0, staying - needed),
  };
}

/** How many unhealthy tasks stay until their replacements, which are on their way, have turned out well or not. */
function awaited(current: readonly RollingTask[]): number {
  const unhealthy = current.filter((task) => task.isUnhealthy).length;
  const underway = current.filter((task) => !task.isHealthy && !task.isUnhealthy).length;
  return Math.min(unhealthy, underway);
}

/** Nothing that is started will yet become healthy and allow the next move. */
const isQuiet = ({ tasks }: RollingView): boolean =>
  tasks.every((task) => task.isHealthy || task.isProtected);

/** Too many: of the healthy only as many as can be spared. */
function chooseSurplus(
  current: readonly RollingTask[],
  count: number,
  spare: number,
): ReadonlySet<RollingTask> {
  const chosen = new Set<RollingTask>();
  if (count <= 0) return chosen;
  for (const task of scaleInOrder(current)) {
    // The healthy come last.
    if (task.isHealthy && spare-- <= 0) break;
    chosen.add(task);
    if (chosen.size >= count) break;
  }
  return chosen;
}

/**
 * Old tasks that may go now: what does not serve at once, what serves as far as the minimum stays healthy. Of the deployment that
 * served before go no more than `spare`.
 */
function chooseOld(
  view: RollingView,
  old: readonly RollingTask[],
  surplus: ReadonlySet<RollingTask>,
  spare: number,
): readonly RollingTask[] {
  const free = old.filter((task) => !task.isProtected);
  const serves = (task: RollingTask): boolean =>
    !task.isUnhealthy && (task.isRunning || task.ofSource === 'stays');
  const idle = free.filter((task) => !serves(task));
  let healthy = view.tasks.filter((task) => task.isHealthy && !surplus.has(task)).length;
  const serving = free.filter(serves).sort((a, b) => worth(a) - worth(b) || stays(a) - stays(b));
  const chosen: RollingTask[] = [];
  for (const task of serving) {
    if (task.ofSource === 'stays' && spare === 0) continue;
    const left = healthy - (task.isHealthy ? 1 : 0);
    if (left < view.minimum) break;
    healthy = left;
    if (task.ofSource === 'stays') spare -= 1;
    chosen.push(task);
  }
  return [...idle, ...chosen];
}

/** What is on a DRAINING instance, or of a deployment that is not needed, goes first. */
const stays = ({ ofSource }: RollingTask): number => (ofSource === 'stays' ? 1 : 0);
