// Takes note of how a service's tasks ended: failures are counted for their deployment, each once.
import { failedToStart, failureCause } from '../../state/task/failure-cause.ts';
import { nextRow } from '../../state/service/deployment/hold-back.ts';
import { afterQuickExits, quickly } from '../../state/service/deployment/quick-exits.ts';
import { checkedContainers } from '../../scheduler/service/service-task-health.ts';
import type { Deployment } from '../../state/service/deployment/deployment.ts';
import type { Container, Task } from '../../state/task/task.ts';
import { definitionOf } from '../../state/task-definition/definition-of.ts';
import type { WriteTransaction } from '../../../../store/store.ts';
import { deployments } from '../../state/service/deployment/deployments.ts';
import { serviceDeployments } from '../../state/service/deployment/service-deployments.ts';
import { tasks } from '../../state/task/tasks.ts';
import { exitedEarly } from './early-exits.ts';
import { unsettledTasks } from './unsettled-tasks.ts';

const wasUnhealthy = (task: Task): boolean => failureCause(task) === 'health';

/**
 * Marks the stopped tasks of a step as noted and answers the PRIMARY deployment with its failures counted. What others of
 * its deployments start counts for them: they are held back after failures too.
 */
export function settle(
  tx: WriteTransaction,
  serviceArn: string,
  primary: Deployment,
  now: number,
): Deployment {
  const table = tx.table(tasks);
  const ended = unsettledTasks(tx, serviceArn);
  for (const task of ended) table.put({ ...task, serviceSettled: true });
  const byDeployment = Map.groupBy(ended, ({ deploymentId }) => deploymentId);
  for (const other of [...tx.table(deployments).by('listed', serviceArn)])
    if (other.id !== primary.id) countEnded(tx, other, byDeployment.get(other.id) ?? [], now);
  return countEnded(tx, primary, byDeployment.get(primary.id) ?? [], now);
}

/** The deployment with the failures among its tasks that `ended` counted. A task that runs ends the count, as in ECS. */
function countEnded(
  tx: WriteTransaction,
  deployment: Deployment,
  ended: readonly Task[],
  now: number,
): Deployment {
  const failures = ended.filter(failedToStart).length;
  const { running } = tx.table(tasks).tally('deployment', deployment.id);
  const failedTasks = running > 0 ? 0 : deployment.failedTasks + failures;
  const startFailures = inARow(tx, deployment, ended, failures);
  const before = deployment.unhealthyTasks ?? 0;
  const unhealthy = before + ended.filter(wasUnhealthy).length;
  const unhealthyTasks =
    unhealthy > 0 && resets(tx, deployment) && hasHealthy(tx, deployment) ? 0 : unhealthy;
  const quick = ended.filter((task) => exitedEarly(task, quickly)).length;
  const isSame =
    quick === 0 &&
    failedTasks === deployment.failedTasks &&
    startFailures === (deployment.startFailures ?? 0) &&
    unhealthyTasks === before;
  if (isSame) return deployment;
  return tx.table(deployments).put({
    ...deployment,
    failedTasks,
    startFailures,
    unhealthyTasks,
    ...(failures > 0 && { lastFailureAt: now }),
    ...(quick > 0 && afterQuickExits(deployment, quick, now)),
    updatedAt: now,
  });
}

/** How many tasks in a row never ran, with `failures` more among those that `ended`. */
function inARow(
  tx: WriteTransaction,
  deployment: Deployment,
  ended: readonly Task[],
  failures: number,
): number {
  const before = deployment.startFailures ?? 0;
  if (before + failures === 0) return 0;
  const { lastFailureAt = 0 } = deployment;
  const live = [...tx.table(tasks).by('deploymentLive', deployment.id)];
  const hasRun = [...live, ...ended].some(({ startedAt = 0 }) => startedAt > lastFailureAt);
  const hasDied = ended.some(({ startedAt }) => startedAt !== undefined);
  return nextRow(before, failures, { hasRun: before > 0 && hasRun, hasDied });
}

/** A task of it runs whose health checks all pass. */
function hasHealthy(tx: WriteTransaction, deployment: Deployment): boolean {
  const checked = checkedContainers(definitionOf(tx, deployment));
  if (checked.size === 0) return false;
  for (const { desiredStatus, lastStatus, containers } of tx
    .table(tasks)
    .by('deploymentLive', deployment.id)) {
    const runs = desiredStatus === 'RUNNING' && lastStatus === 'RUNNING';
    const passes = ({ name, healthStatus }: Container) => !checked.has(name) || healthStatus === 'HEALTHY';
    if (runs && containers.every(passes)) return true;
  }
  return false;
}

/** Whether a healthy task ends the count of unhealthy ones. */
function resets(tx: WriteTransaction, { serviceDeploymentArn }: Deployment): boolean {
  const [found] = tx.table(serviceDeployments).by('arn', serviceDeploymentArn);
  return found?.deploymentConfiguration.deploymentCircuitBreaker.resetOnHealthyTask !== false;
}
