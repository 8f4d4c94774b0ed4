// Placing different tasks one after the other on a copy of the cluster: nothing is written, each sees what went before.
import type { Random } from '../../../../lib/random.ts';
import type { InstanceLoad } from '../../state/instance/instance-load.ts';
import { subtractResources } from '../../../../agent-protocol/resources.ts';
import type { Task } from '../../state/task/task.ts';
import type { Ask } from './filter.ts';
import { place, withTask, type Placement } from './place.ts';

/** Tasks that ask the same. */
export interface PlannedTasks {
  readonly ask: Ask;
  readonly count: number;
  /** The ARNs of the only instances that may take them; left out, any may. */
  readonly on?: ReadonlySet<string> | undefined;
}

/** One placement for each of `planned`, in order; `loads` stays as it is. */
export function placeInOrder(
  loads: readonly InstanceLoad[],
  planned: readonly PlannedTasks[],
  random: Random,
): readonly Placement[] {
  const current = [...loads];
  const placeOf = new Map(loads.map(({ instance }, at) => [instance.arn, at]));
  return planned.map(({ ask, count, on }) => {
    const usable = on ? current.filter(({ instance }) => on.has(instance.arn)) : current;
    const placement = place(ask, usable, count, random);
    for (const { arn } of placement.placed) {
      const at = placeOf.get(arn)!;
      current[at] = withTask(current[at]!, ask);
    }
    return placement;
  });
}

/** The instance as it is once the task is gone from it. */
export const withoutTask = (load: InstanceLoad, task: Task): InstanceLoad => ({
  ...load,
  taken: subtractResources(load.taken, task.resources),
  ...(task.lastStatus === 'RUNNING'
    ? { runningTasksCount: load.runningTasksCount - 1 }
    : { pendingTasksCount: load.pendingTasksCount - 1 }),
  taskGroups: () => {
    const groups = new Map(load.taskGroups());
    const left = (groups.get(task.group) ?? 1) - 1;
    if (left > 0) groups.set(task.group, left);
    else groups.delete(task.group);
    return groups;
  },
});
