// The stopped tasks of a service that one of its steps takes note of.
import type { Task } from '../../state/task/task.ts';
import type { ReadTransaction } from '../../../../store/store.ts';
import { tasks } from '../../state/task/tasks.ts';
import { tasksAStep } from '../../scheduler/service/plan.ts';

/** Those that nobody has taken note of yet; the same for all who ask until they are marked. What is beyond one step is left for the next. */
export const unsettledTasks = (tx: ReadTransaction, serviceArn: string): readonly Task[] =>
  Iterator.from(tx.table(tasks).by('serviceUnsettled', serviceArn)).take(tasksAStep).toArray();

/** Whether the service has some left. */
export const hasUnsettledTasks = (tx: ReadTransaction, serviceArn: string): boolean =>
  tx.table(tasks).count('serviceUnsettled', serviceArn) > 0;
