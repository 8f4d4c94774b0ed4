// Tasks that ran and ended too soon: where tags ask for it, they are failures of the deployment that is in progress.
import type { Deployment } from '../../state/service/deployment/deployment.ts';
import { failureCause } from '../../state/task/failure-cause.ts';
import type { Task } from '../../state/task/task.ts';
import type { WriteTransaction } from '../../../../store/store.ts';
import { deployments } from '../../state/service/deployment/deployments.ts';
import { earlyExitOf } from '../../scheduler/service/early-exits.ts';
import { unsettledTasks } from './unsettled-tasks.ts';

/** Whether the task ended by itself less than `within` ms after it began to run; one that ended at once may never have been seen to. */
export function exitedEarly(task: Task, within: number): boolean {
  if (failureCause(task) !== 'exit') return false;
  // Both as the control plane saw them: what its agent says of the end is of another clock, which may be wrong.
  const { startedAt, stoppingAt = 0 } = task;
  return startedAt === undefined || stoppingAt - startedAt < within;
}

/** The PRIMARY deployment with the early exits among the ended tasks that nobody has taken note of yet. */
export function countEarlyExits(tx: WriteTransaction, primary: Deployment, now: number): Deployment {
  const within = earlyExitOf(tx, primary);
  if (within === undefined) return primary;
  const count = unsettledTasks(tx, primary.serviceArn).filter(
    (task) => task.deploymentId === primary.id && exitedEarly(task, within),
  ).length;
  if (count === 0) return primary;
  const earlyExits = (primary.earlyExits ?? 0) + count;
  return tx.table(deployments).put({ ...primary, earlyExits, updatedAt: now });
}
