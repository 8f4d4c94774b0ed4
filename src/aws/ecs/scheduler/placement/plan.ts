// Placing different tasks one after the other on a copy of the cluster: nothing is written, each sees what went before.
import type { Random } from '../../../../lib/random.ts';
import type { InstanceUsage } from '../../state/instance/instance-usage.ts';
import { subtractResources } from '../../../../agent-protocol/resources.ts';
import type { Task } from '../../state/task/task.ts';
import type { PlacementRequest } from './filter.ts';
import { place, withTask, type Placement } from './place.ts';

/** Tasks with the same requirements. */
export interface PlannedTasks {
  readonly requirements: PlacementRequest;
  readonly count: number;
  /** The ARNs of the only instances that may take them; left out, any may. */
  readonly on?: ReadonlySet<string> | undefined;
}

/** One placement for each of `planned`, in order; `usages` stays as it is. */
export function placeInOrder(
  usages: readonly InstanceUsage[],
  planned: readonly PlannedTasks[],
  random: Random,
): readonly Placement[] {
  const current = [...usages];
  const placeOf = new Map(usages.map(({ instance }, at) => [instance.arn, at]));
  return planned.map(({ requirements, count, on }) => {
    const usable = on ? current.filter(({ instance }) => on.has(instance.arn)) : current;
    const placement = place(requirements, usable, count, random);
    for (const { arn } of placement.placed) {
      const at = placeOf.get(arn)!;
      current[at] = withTask(current[at]!, requirements);
    }
    return placement;
  });
}

/** The instance as it is once the task is gone from it. */
export const withoutTask = (usage: InstanceUsage, task: Task): InstanceUsage => ({
  ...usage,
  taken: subtractResources(usage.taken, task.resources),
  ...(task.lastStatus === 'RUNNING'
    ? { runningTasksCount: usage.runningTasksCount - 1 }
    : { pendingTasksCount: usage.pendingTasksCount - 1 }),
  taskGroups: () => {
    const groups = new Map(usage.taskGroups());
    const left = (groups.get(task.group) ?? 1) - 1;
    if (left > 0) groups.set(task.group, left);
    else groups.delete(task.group);
    return groups;
  },
});
