// Which tasks hold what an instance lacks for another. Asked only of what a failed attempt keeps: it walks the instance's tasks.
import type { ContainerInstance } from '../../state/instance/container-instance.ts';
import type { Rejection } from '../../state/placement-attempt/rejection.ts';
import type { BlockingTask } from '../../state/placement-attempt/verdict-group.ts';
import type { Task } from '../../state/task/task.ts';
import { tasks } from '../../state/task/tasks.ts';
import type { ReadTransaction } from '../../../../store/store.ts';
import { filterNamed } from './filters.ts';

const maxBlockingTasks = 3;

/** The tasks on the instance that stand in the way, the greatest share first; at most three. */
export function blockingTasks(
  tx: ReadTransaction,
  { arn }: ContainerInstance,
  rejection: Rejection,
): readonly BlockingTask[] {
  const filter = filterNamed(rejection.filter);
  if (!filter?.held) return [];
  return [...tx.table(tasks).by('instanceLive', { containerInstanceArn: arn })]
    .map((task) => ({ task, share: filter.held!(rejection, task) }))
    .filter((held) => held.share > 0)
    .sort((a, b) => b.share - a.share)
    .slice(0, maxBlockingTasks)
    .map(({ task }) => blockingTaskOf(task));
}

const blockingTaskOf = (task: Task): BlockingTask => ({
  taskArn: task.arn,
  taskDefinition: `${task.family}:${task.revision}`,
  group: task.group,
  cpu: task.resources.cpu,
  memory: task.resources.memory,
  ...(task.resources.gpuIds && { gpus: task.resources.gpuIds.length }),
});
