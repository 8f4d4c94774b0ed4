// The scheduler of services with task sets: each set by itself, within its share of the service's tasks.
import { heldBackUntil } from '../../../state/service/deployment/hold-back.ts';
import type { Service } from '../../../state/service/service.ts';
import type { TaskSet } from '../../../state/service/task-set/task-set.ts';
import type { ServicePlan } from '../plan.ts';
import type { DecisionContext } from '../scheduler.ts';
import type { ServiceTask } from '../task-view.ts';
import { reconcileTaskSet } from './reconcile.ts';

export interface TaskSetPlan extends Pick<ServicePlan, 'start' | 'missing' | 'stop' | 'isStuck'> {
  /** More tasks are protected than it is to have. */
  readonly isProtected: boolean;
  /** Epoch ms, if its starts are held back now. */
  readonly heldUntil?: number | undefined;
}

/** What the set does next; `tasks` are those of the set. */
export function planTaskSet(
  { desiredCount, deploymentConfiguration: percents }: Service,
  taskSet: TaskSet,
  tasks: readonly ServiceTask[],
  { now, mostStops }: Pick<DecisionContext, 'now' | 'mostStops'>,
): TaskSetPlan {
  const heldUntil = heldBackUntil({ ...taskSet, failedTasks: taskSet.failedTasks ?? 0 }, desiredCount);
  const mayStart = heldUntil <= now;
  const { start, ...moves } = reconcileTaskSet({
    scale: taskSet.scale,
    desiredCount,
    percents,
    mayStart,
    mostStops,
    tasks,
  });
  return {
    ...moves,
    start: start === 0 ? [] : [{ deploymentId: taskSet.id, count: start }],
    heldUntil: mayStart ? undefined : heldUntil,
  };
}
