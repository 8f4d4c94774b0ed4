// What a REPLICA service does next: which tasks it starts, and which it stops. Pure; run twice it asks for nothing more.
// Rounding and order follow ECS's rolling update: start from the newest deployment as far as the maximum allows, stop what
// is old as far as the minimum allows.

import type { StopOrder } from '../plan.ts';
import { scaleInOrder, worth } from '../scale-in-order.ts';
import type { ServiceTask } from '../task-view.ts';

export interface RollingTask extends Omit<ServiceTask, 'deploymentId' | 'mayStay'> {
  /** Of the PRIMARY deployment, on an instance that is not DRAINING. */
  readonly isCurrent: boolean;
}

export interface RollingView {
  readonly desiredCount: number;
  /** How many tasks must stay healthy, and how many may be wanted at once, all deployments together. */
  readonly minimum: number;
  readonly maximum: number;
  /** The PRIMARY deployment has not failed and is not held back after failures. */
  readonly mayStart: boolean;
  /** The PRIMARY deployment has not failed: what is old may go. If not, only what is beyond `desiredCount` does. */
  readonly mayReplace: boolean;
  readonly tasks: readonly RollingTask[];
  /** How many tasks beyond `desiredCount` are there to become even over availability zones. Absent = 0. */
  readonly extra?: number | undefined;
}

export interface Moves {
  /** How many tasks of the PRIMARY deployment to start. */
  readonly start: number;
  /** How many it lacks, whether they may be started now or not. */
  readonly missing: number;
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
  const surplus = chooseSurplus(current, current.length - wanted, spare);
  const remaining = view.tasks.length - surplus.size;
  const good = current.filter((task) => !task.isUnhealthy && !surplus.has(task));
  const room = view.maximum - remaining;
  const missing = Math.max(0, view.desiredCount - good.length);
  const start = view.mayStart ? Math.max(0, Math.min(room, missing)) : 0;
  // A deployment that failed replaces nothing, but what is not wanted at all still goes.
  const mayGo = view.mayReplace ? old.length : Math.max(0, old.length - view.desiredCount);
  const replaced = chooseOld(view, old, surplus).slice(0, mayGo);
  const blocked = start === 0 && missing > 0 && room <= 0 && view.mayStart;
  const sick = blocked ? current.filter((task) => task.isUnhealthy && !surplus.has(task)).slice(0, 1) : [];
  return {
    start,
    missing,
    stop: [
      ...[...surplus, ...replaced].map(({ arn, isUnhealthy, isCurrent }) => ({
        arn,
        because: isUnhealthy && isCurrent ? ('health' as const) : ('scaling' as const),
      })),
      ...sick.map(({ arn }) => ({ arn, because: 'health' as const })),
    ],
    isStuck: blocked && replaced.length + surplus.size + sick.length === 0 && old.length > 0 && isQuiet(view),
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

/** Old tasks that may go now: what does not serve at once, what serves as far as the minimum stays healthy. */
function chooseOld(
  view: RollingView,
  old: readonly RollingTask[],
  surplus: ReadonlySet<RollingTask>,
): readonly RollingTask[] {
  const free = old.filter((task) => !task.isProtected);
  const serves = (task: RollingTask): boolean => task.isRunning && !task.isUnhealthy;
  const idle = free.filter((task) => !serves(task));
  let healthy = view.tasks.filter((task) => task.isHealthy && !surplus.has(task)).length;
  const serving = free.filter(serves).sort((a, b) => worth(a) - worth(b));
  const chosen: RollingTask[] = [];
  for (const task of serving) {
    const left = healthy - (task.isHealthy ? 1 : 0);
    if (left < view.minimum) break;
    healthy = left;
    chosen.push(task);
  }
  return [...idle, ...chosen];
}
