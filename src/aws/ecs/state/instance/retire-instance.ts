// The end of a container instance: INACTIVE, and its tasks written off.
import type { ContainerInstance } from './container-instance.ts';
import { endTask } from '../task/task-lifecycle.ts';
import type { StopCode } from '../task/task.ts';
import type { WriteTransaction } from '../../../../store/store.ts';
import { containerInstances } from './container-instances.ts';
import { tasks } from '../task/tasks.ts';

/** The instance, INACTIVE as of `now` (epoch ms); tasks that it still has end with the cause given. */
export function retireInstance(
  tx: WriteTransaction,
  instance: ContainerInstance,
  cause: { readonly stopCode: StopCode; readonly stoppedReason: string },
  now: number,
): ContainerInstance {
  const table = tx.table(tasks);
  for (const task of table.by('instanceLive', { containerInstanceArn: instance.arn })) {
    table.put(endTask(task, cause.stopCode, cause.stoppedReason, now));
  }
  return tx
    .table(containerInstances)
    .put({ ...instance, status: 'INACTIVE', deregisteredAt: now, terminatingSince: undefined });
}
