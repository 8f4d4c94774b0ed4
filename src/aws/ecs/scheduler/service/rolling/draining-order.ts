// In which order a REPLICA service's tasks on DRAINING instances and of older deployments make way: what does not serve at once,
// then by its worth (`../scale-in-order.ts`), and of equals those last that may stay: of the deployment that served
// before. That a task is on a DRAINING instance is known by `mayStay` (`../view/service-task.ts`). What is surplus or sick:
// `reconcile.ts`; DAEMON services: `../daemon/reconcile.ts`.
import { worth } from '../scale-in-order.ts';
import type { RollingTask, RollingView } from './rolling-view.ts';

/** Of the deployment that served before, where it may stay. */
export const stays = <T extends RollingTask>(view: RollingView<T>, task: T): boolean =>
  view.ofSource?.(task) === 'stays';

/**
 * Old tasks that may go now: what does not serve at once, what serves as far as the minimum stays healthy, of `healthy` that there
 * are. Of the deployment that served before go no more than `spare`.
 */
export function chooseOld<T extends RollingTask>(
  view: RollingView<T>,
  old: readonly T[],
  healthy: number,
  spare: number,
): readonly T[] {
  const serves = (task: T): boolean => !task.isUnhealthy && (task.isRunning || stays(view, task));
  // Of equal worth, what may not stay goes first.
  const rank = (task: T): number => 2 * worth(task) + (stays(view, task) ? 1 : 0);
  const chosen = old.filter((task) => !task.isProtected && !serves(task));
  for (const task of inOrder(old, (one) => (one.isProtected || !serves(one) ? undefined : rank(one)))) {
    const isOfSource = stays(view, task);
    if (isOfSource && spare === 0) continue;
    const left = healthy - (task.isHealthy ? 1 : 0);
    if (left < view.minimum) break;
    healthy = left;
    if (isOfSource) spare -= 1;
    chosen.push(task);
  }
  return chosen;
}

/** Those that have a rank, the lowest first, and of equals the first. */
function* inOrder<T>(tasks: readonly T[], rankOf: (task: T) => number | undefined): Generator<T, undefined> {
  const byRank = Map.groupBy(tasks, rankOf);
  const ranks = [...byRank.keys()].filter((rank) => rank !== undefined).sort((a, b) => a - b);
  for (const rank of ranks) yield* byRank.get(rank)!;
}
