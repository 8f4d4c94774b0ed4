// Counts a service's stopped tasks towards the failures of their deployments and task sets: the one place that looks for them.
import type { Deployment } from '../../state/service/deployment/deployment.ts';
import { launchFailures } from '../../state/service/deployment/deployment-scheduling.ts';
import { deployments } from '../../state/service/deployment/deployments.ts';
import { beginsBackoff, consecutiveFailures } from '../../state/service/deployment/launch-backoff.ts';
import { serviceDeployments } from '../../state/service/deployment/service-deployments.ts';
import type { Service } from '../../state/service/service.ts';
import type { TaskSet } from '../../state/service/task-set/task-set.ts';
import { taskSets } from '../../state/service/task-set/task-sets.ts';
import { definitionOf } from '../../state/task-definition/definition-of.ts';
import type { Task } from '../../state/task/task.ts';
import { withScheduling } from '../../state/task/task-scheduling.ts';
import { tasks } from '../../state/task/tasks.ts';
import { countedDeployment, countedTaskSet } from '../../scheduler/service/failures/counted-deployment.ts';
import { tasksAStep } from '../../scheduler/service/plan.ts';
import type { WriteTransaction } from '../../../../store/store.ts';
import { recordEvent, type ServiceContext } from './context.ts';
import { launchBackoff } from './messages.ts';

/** Counts as many as one step does, each task once; answers whether more are left for the next. */
export function countStoppedTasks(tx: WriteTransaction, service: Service, context: ServiceContext): boolean {
  const table = tx.table(tasks);
  const ended = Iterator.from(table.by('serviceUncounted', { serviceArn: service.arn }))
    .take(tasksAStep)
    .toArray();
  for (const task of ended) table.put(withScheduling(task, { countedByService: true }));
  const byDeployment = Map.groupBy(ended, ({ deploymentId }) => deploymentId);
  for (const deployment of [...tx.table(deployments).by('listed', { serviceArn: service.arn })])
    countOf(tx, service, deployment, byDeployment.get(deployment.id) ?? [], context);
  for (const taskSet of [...tx.table(taskSets).by('service', { serviceArn: service.arn })])
    countOfTaskSet(tx, service, taskSet, byDeployment.get(taskSet.id) ?? [], context);
  return table.count('serviceUncounted', { serviceArn: service.arn }) > 0;
}

/** What others than the PRIMARY start counts for them: the launch backoff applies to them too. */
function countOf(
  tx: WriteTransaction,
  service: Service,
  deployment: Deployment,
  ended: readonly Task[],
  context: ServiceContext,
): void {
  const isPrimary = deployment.status === 'PRIMARY';
  const counted = countedDeployment(deployment, {
    ended,
    running: tx.table(tasks).tally('deployment', { deploymentId: deployment.id }).running,
    now: context.now,
    live: () => tx.table(tasks).by('deploymentLive', { deploymentId: deployment.id }),
    definition: () => definitionOf(tx, deployment),
    rollout: tx.table(serviceDeployments).by('arn', { arn: deployment.serviceDeploymentArn }).next().value,
    isPrimary,
  });
  if (counted === deployment) return;
  tx.table(deployments).put(counted);
  if (isPrimary && beginsBackoff(failuresInRow(deployment), failuresInRow(counted)))
    recordEvent(tx, context, service, launchBackoff(service.name));
}

const failuresInRow = (deployment: Deployment): number => consecutiveFailures(launchFailures(deployment));

function countOfTaskSet(
  tx: WriteTransaction,
  service: Service,
  taskSet: TaskSet,
  ended: readonly Task[],
  context: ServiceContext,
): void {
  const { running } = tx.table(tasks).tally('deployment', { deploymentId: taskSet.id });
  const counted = countedTaskSet(taskSet, { ended, running, now: context.now });
  if (counted === taskSet) return;
  tx.table(taskSets).put(counted);
  if (beginsBackoff(taskSet.scheduling?.failedTasks ?? 0, counted.scheduling?.failedTasks ?? 0))
    recordEvent(tx, context, service, launchBackoff(service.name));
}
