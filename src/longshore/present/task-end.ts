// How a task ended or is about to: what its row says, and the evidence that is on record where it failed.
import type { Task } from '../../aws/ecs/state/task/task.ts';
import { isUnreachable } from '../../aws/ecs/state/instance/unreachable.ts';
import type { ReadTransaction } from '../../store/store.ts';
import { taskFailures } from '../../aws/ecs/state/task/task-failures.ts';
import type { ShownTask } from '../contract.ts';
import { presentFailedContainer } from '../service/failed-tasks.ts';

/** The members of a shown task that say it. */
export function presentTaskEnd(
  tx: ReadTransaction,
  task: Task,
): Pick<ShownTask, 'stopCode' | 'containers' | 'isUnreachable' | 'isEndedByHost'> {
  const { stopCode, lastStatus, containerInstanceArn, endedByHost } = task;
  const isLastHeard = lastStatus !== 'STOPPED' && isUnreachable(tx, containerInstanceArn);
  const [failure] = tx.table(taskFailures).by('task', { taskArn: task.arn });
  return {
    ...(isLastHeard && { isUnreachable: true }),
    ...(endedByHost && { isEndedByHost: true }),
    ...(stopCode !== undefined && {
      stopCode,
      containers: (failure ?? task).containers.map(presentFailedContainer),
    }),
  };
}
