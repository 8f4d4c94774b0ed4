// Takes note of how a service's tasks ended: failures of the PRIMARY deployment are counted, each once.
import { failedToStart, failureCause } from '../../model/deployment-failure.ts';
import { nextRow } from '../../model/hold-back.ts';
import { afterQuickExits, quickly } from '../../model/quick-exits.ts';
import { checkedContainers } from '../../model/service-task-health.ts';
import type { Deployment } from '../../model/deployment.ts';
import type { Container, Task } from '../../model/task.ts';
import { definitionOf } from '../../store/queries/definition-of.ts';
import type { WriteTransaction } from '../../store/store.ts';
import { deployments } from '../../store/tables/deployments.ts';
import { serviceDeployments } from '../../store/tables/service-deployments.ts';
import { tasks } from '../../store/tables/tasks.ts';
import { exitedEarly } from './early-exits.ts';
import { unsettledTasks } from './unsettled-tasks.ts';

const wasUnhealthy = (task: Task): boolean => failureCause(task) === 'health';

/**
 * Marks the stopped tasks of a step as noted and answers the PRIMARY deployment with its failures counted. A task
 * that runs ends the count, as in ECS.
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
  const mine = ended.filter((task) => task.deploymentId === primary.id);
  const failures = mine.filter(failedToStart).length;
  const { running } = table.tally('deployment', primary.id);
  const failedTasks = running > 0 ? 0 : primary.failedTasks + failures;
  const startFailures = inARow(tx, primary, mine, failures);
  const before = primary.unhealthyTasks ?? 0;
  const unhealthy = before + mine.filter(wasUnhealthy).length;
  const unhealthyTasks = unhealthy > 0 && resets(tx, primary) && hasHealthy(tx, primary) ? 0 : unhealthy;
  const quick = mine.filter((task) => exitedEarly(task, quickly)).length;
  const isSame =
    quick === 0 &&
    failedTasks === primary.failedTasks &&
    startFailures === (primary.startFailures ?? 0) &&
    unhealthyTasks === before;
  if (isSame) return primary;
  return tx.table(deployments).put({
    ...primary,
    failedTasks,
    startFailures,
    unhealthyTasks,
    ...(failures > 0 && { lastFailureAt: now }),
    ...(quick > 0 && afterQuickExits(primary, quick, now)),
    updatedAt: now,
  });
}

/** How many tasks in a row never ran, with `failures` more among those that `ended`. */
export function inARow(
  tx: WriteTransaction,
  primary: Deployment,
  ended: readonly Task[],
  failures: number,
): number {
  const before = primary.startFailures ?? 0;
  if (before + failures === 0) return 0;
  const { lastFailureAt = 0 } = primary;
  const live = [...tx.table(tasks).by('deploymentLive', primary.id)];
  const hasRun = [...live, ...ended].some(({ startedAt = 0 }) => startedAt > lastFailureAt);
  const hasDied = ended.some(({ startedAt }) => startedAt !== undefined);
  return nextRow(before, failures, { hasRun: before > 0 && hasRun, hasDied });
}

/** A task of it runs whose health checks all pass. */
function hasHealthy(tx: WriteTransaction, primary: Deployment): boolean {
  const checked = checkedContainers(definitionOf(tx, primary));
  if (checked.size === 0) return false;
  for (const { desiredStatus, lastStatus, containers } of tx.table(tasks).by('deploymentLive', primary.id)) {
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
