// The scheduler of services with task sets: each set by itself, within its share of the service's tasks. Pure.
import { backoffUntil } from '../../../state/service/deployment/launch-backoff.ts';
import type { TaskSet } from '../../../state/service/task-set/task-set.ts';
import type { ServiceMoves } from '../plan.ts';
import type { ServiceTask, ServiceView } from '../view/service-view.ts';
import { isSteady, reconcileTaskSet } from './reconcile.ts';

export interface TaskSetPlan extends ServiceMoves {
  readonly taskSet: TaskSet;
  /** More tasks are protected than it is to have. */
  readonly isProtected: boolean;
  /** It has what it is to have: ECS's STEADY_STATE. */
  readonly isSteady: boolean;
  /** Epoch ms, while it is in launch backoff. */
  readonly startsAt?: number | undefined;
}

/** What each set does next. */
export function planTaskSets(view: ServiceView): readonly TaskSetPlan[] {
  const ofSet = Map.groupBy(view.tasks, ({ deploymentId }) => deploymentId);
  return view.taskSets.map((taskSet) => planTaskSet(view, taskSet, ofSet.get(taskSet.id) ?? []));
}

function planTaskSet(
  { service, now, maxStops }: ServiceView,
  taskSet: TaskSet,
  tasks: readonly ServiceTask[],
): TaskSetPlan {
  const { desiredCount, deploymentConfiguration: percents } = service;
  const { scale } = taskSet;
  const startsAt = backoffUntil(taskSet.scheduling ?? {}, desiredCount);
  const mayStart = startsAt <= now;
  const { start, ...moves } = reconcileTaskSet({ scale, desiredCount, percents, mayStart, maxStops, tasks });
  return {
    ...moves,
    taskSet,
    start: start === 0 ? [] : [{ deploymentId: taskSet.id, count: start }],
    isSteady: isSteady({ scale, desiredCount }, tasks),
    startsAt: mayStart ? undefined : startsAt,
  };
}
