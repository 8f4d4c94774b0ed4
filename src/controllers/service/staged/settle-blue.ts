// Counts the failures of blue's tasks: it starts tasks too, and is held back after failures as every deployment is.
import type { Deployment } from '../../../model/deployment.ts';
import { failedToStart } from '../../../model/deployment-failure.ts';
import type { WriteTransaction } from '../../../store/store.ts';
import { deployments } from '../../../store/tables/deployments.ts';
import { tasks } from '../../../store/tables/tasks.ts';
import { inARow } from '../settle.ts';
import { unsettledTasks } from '../unsettled-tasks.ts';

/** To be called before `settle`, which marks the tasks as noted. */
export function settleBlue(tx: WriteTransaction, blue: Deployment, now: number): void {
  if (blue.status === 'PRIMARY') return;
  const ended = unsettledTasks(tx, blue.serviceArn).filter((task) => task.deploymentId === blue.id);
  const failures = ended.filter(failedToStart).length;
  const startFailures = inARow(tx, blue, ended, failures);
  if (failures === 0 && startFailures === (blue.startFailures ?? 0)) return;
  const { running } = tx.table(tasks).tally('deployment', blue.id);
  tx.table(deployments).put({
    ...blue,
    failedTasks: running > 0 ? 0 : blue.failedTasks + failures,
    startFailures,
    ...(failures > 0 && { lastFailureAt: now }),
    updatedAt: now,
  });
}
