// Counts the failures of blue's tasks: it starts tasks too, and is held back after failures as every deployment is.
import type { Deployment } from '../../../model/deployment.ts';
import type { WriteTransaction } from '../../../store/store.ts';
import { deployments } from '../../../store/tables/deployments.ts';
import { tasks } from '../../../store/tables/tasks.ts';
import { failedToStart } from '../settle.ts';

/** To be called before `settle`, which marks the tasks as noted. */
export function settleBlue(tx: WriteTransaction, blue: Deployment, now: number): void {
  if (blue.status === 'PRIMARY') return;
  const table = tx.table(tasks);
  const failures = [...table.by('serviceUnsettled', blue.serviceArn)].filter(
    (task) => task.deploymentId === blue.id && failedToStart(task),
  ).length;
  // Blue has run before, so it is not one running task that ends the count: all that run ran already.
  const isWhole = table.tally('deployment', blue.id).running >= blue.desiredCount;
  const failedTasks = isWhole ? 0 : blue.failedTasks + failures;
  if (failedTasks === blue.failedTasks) return;
  tx.table(deployments).put({
    ...blue,
    failedTasks,
    ...(failures > 0 && { lastFailureAt: now }),
    updatedAt: now,
  });
}
