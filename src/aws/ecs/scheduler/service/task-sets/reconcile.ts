// What a task set does next. It is kept as a rolling service keeps its PRIMARY deployment, within the service's percents of
// its own share: what is on an instance that drains makes way for its replacement. Pure.
import { type DeploymentConfiguration } from '../../../state/service/deployment-configuration.ts';
import { computedDesiredCount } from '../../../state/service/task-set/task-set.ts';
import { reconcile, type Moves } from '../rolling/reconcile.ts';
import type { ServiceTask } from '../view/service-view.ts';
import { taskBounds } from '../minimum-and-maximum-percent.ts';
import { type RollingTask } from '../rolling/rolling-view.ts';

export interface TaskSetView {
  /** Per cent of the service's `desiredCount`, 0 to 100. */
  readonly scale: number;
  readonly desiredCount: number;
  readonly percents: Pick<DeploymentConfiguration, 'minimumHealthyPercent' | 'maximumPercent'>;
  /** Its tasks do not fail to start, or it is time to try again. */
  readonly mayStart: boolean;
  /** Of those that are too many no more than this need be chosen. Absent: all are. */
  readonly maxStops?: number | undefined;
  readonly tasks: readonly (RollingTask & Pick<ServiceTask, 'mayStay'>)[];
}

export interface TaskSetMoves extends Moves {
  /** More tasks are protected than it is to have. */
  readonly isProtected: boolean;
}

export function reconcileTaskSet({
  scale,
  desiredCount,
  percents,
  mayStart,
  maxStops,
  tasks,
}: TaskSetView): TaskSetMoves {
  const count = computedDesiredCount(scale, desiredCount);
  const moves = reconcile({
    desiredCount: count,
    ...taskBounds(percents, count),
    mayStart,
    mayReplace: true,
    maxStops,
    tasks,
    isCurrent: (task) => task.mayStay,
  });
  return { ...moves, isProtected: tasks.filter((task) => task.isProtected).length > count };
}

/** ECS's STEADY_STATE: as many run as are to run, none starts, none is where it cannot stay, no health check is in doubt. */
export const isSteady = (
  { scale, desiredCount }: Pick<TaskSetView, 'scale' | 'desiredCount'>,
  tasks: readonly Pick<ServiceTask, 'passesChecks' | 'mayStay'>[],
): boolean =>
  tasks.length === computedDesiredCount(scale, desiredCount) &&
  tasks.every(({ passesChecks, mayStay }) => passesChecks && mayStay);
