// Takes note of how a service's tasks ended: failures of the PRIMARY deployment are counted, each once.
import { failureCause } from '../../model/deployment-failure.ts';
import type { Deployment } from '../../model/deployment.ts';
import type { Task } from '../../model/task.ts';
import type { WriteTransaction } from '../../store/store.ts';
import { deployments } from '../../store/tables/deployments.ts';
import { serviceDeployments } from '../../store/tables/service-deployments.ts';
import { tasks } from '../../store/tables/tasks.ts';

/** Nobody asked it to stop, and it never got to run. */
export const failedToStart = (task: Task): boolean =>
  task.startedAt === undefined && task.stopCode === 'TaskFailedToStart';

const wasUnhealthy = (task: Task): boolean => failureCause(task) === 'health';

/**
 * Marks every stopped task of the service as noted and answers the PRIMARY deployment with its failures counted. A task
 * that runs ends the count, as in ECS.
 */
export function settle(
  tx: WriteTransaction,
  serviceArn: string,
  primary: Deployment,
  now: number,
): Deployment {
  const table = tx.table(tasks);
  const ended = [...table.by('serviceUnsettled', serviceArn)];
  for (const task of ended) table.put({ ...task, serviceSettled: true });
  const mine = ended.filter((task) => task.deploymentId === primary.id);
  const failures = mine.filter(failedToStart).length;
  const { running, healthy } = table.tally('deployment', primary.id);
  const failedTasks = running > 0 ? 0 : primary.failedTasks + failures;
  const before = primary.unhealthyTasks ?? 0;
  const unhealthyTasks = healthy > 0 && resets(tx, primary) ? 0 : before + mine.filter(wasUnhealthy).length;
  if (failedTasks === primary.failedTasks && unhealthyTasks === before) return primary;
  return tx.table(deployments).put({
    ...primary,
    failedTasks,
    unhealthyTasks,
    ...(failures > 0 && { lastFailureAt: now }),
    updatedAt: now,
  });
}

/** Whether a healthy task ends the count of unhealthy ones. */
function resets(tx: WriteTransaction, { serviceDeploymentArn }: Deployment): boolean {
  const [found] = tx.table(serviceDeployments).by('arn', serviceDeploymentArn);
  return found?.deploymentConfiguration.deploymentCircuitBreaker.resetOnHealthyTask !== false;
}
