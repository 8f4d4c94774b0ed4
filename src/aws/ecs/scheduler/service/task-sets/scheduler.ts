// The scheduler of services with task sets: each set by itself, within its share of the service's tasks. Pure.
import { heldBackUntil } from '../../../state/service/deployment/hold-back.ts';
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
  /** Epoch ms, if its starts are held back now. */
  readonly heldUntil?: number | undefined;
}

/** What each set does next. */
export function planTaskSets(view: ServiceView): readonly TaskSetPlan[] {
  const ofSet = Map.groupBy(view.tasks, ({ deploymentId }) => deploymentId);
  return view.taskSets.map((taskSet) => planTaskSet(view, taskSet, ofSet.get(taskSet.id) ?? []));
}

function planTaskSet(
  { service, now, mostStops }: ServiceView,
  taskSet: TaskSet,
  tasks: readonly ServiceTask[],
): TaskSetPlan {
  const { desiredCount, deploymentConfiguration: percents } = service;
  const { scale } = taskSet;
  const heldUntil = heldBackUntil({ ...taskSet, failedTasks: taskSet.failedTasks ?? 0 }, desiredCount);
  const mayStart = heldUntil <= now;
  const { start, ...moves } = reconcileTaskSet({ scale, desiredCount, percents, mayStart, mostStops, tasks });
  return {
    ...moves,
    taskSet,
    start: start === 0 ? [] : [{ deploymentId: taskSet.id, count: start }],
    isSteady: isSteady({ scale, desiredCount }, tasks),
    heldUntil: mayStart ? undefined : heldUntil,
  };
}
