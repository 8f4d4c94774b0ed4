// The end of a deleted task set: once its last task is gone, so is it.
import type { TaskSet } from './task-set.ts';
import type { WriteTransaction } from '../../../../../store/store.ts';
import { taskSets } from './task-sets.ts';
import { tasks } from '../../task/tasks.ts';

/** Removes a DRAINING task set if none of its tasks is left; answers whether it did. */
export function retireTaskSet(tx: WriteTransaction, taskSet: TaskSet): boolean {
  return (
    tx.table(tasks).count('deploymentLive', { deploymentId: taskSet.id }) === 0 &&
    tx.table(taskSets).delete(taskSet.arn)
  );
}
