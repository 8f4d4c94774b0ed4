// Which deployment serves when a staged one begins, and so is blue.
import type { Deployment } from '../../../state/service/deployment/deployment.ts';
import type { Service } from '../../../state/service/service.ts';
import type { ReadTransaction } from '../../../../../store/store.ts';
import { deployments } from '../../../state/service/deployment/deployments.ts';
import { serviceDeployments } from '../../../state/service/deployment/service-deployments.ts';
import { tasks } from '../../../state/task/tasks.ts';
import type { ServiceTask } from '../../../scheduler/service/task-view.ts';
import { healthyOf } from '../../../scheduler/service/staged/fleets.ts';

/**
 * The newest deployment besides `green` that has completed or was as good as through; where none is, the newest whose tasks all run
 * and none of whose has ended. Undefined where nothing serves yet. `wanted` are the tasks of the service that nobody has told to stop.
 */
export function servingBefore(
  tx: ReadTransaction,
  service: Service,
  green: Deployment,
  wanted: readonly ServiceTask[],
): Deployment | undefined {
  const others = [...tx.table(deployments).by('listed', service.arn)].filter(
    ({ id, rolloutState }) => id !== green.id && rolloutState !== 'FAILED',
  );
  const { desiredCount } = service;
  return (
    others.find((other) => hasTakenOver(tx, other, desiredCount, wanted)) ??
    others.find(({ id }) => desiredCount > 0 && areUp(tx, service, id, wanted))
  );
}

/** A deployment is as stable as users can wait for before its tasks count as healthy; tasks that end again and again are not. */
function areUp(
  tx: ReadTransaction,
  { arn, desiredCount }: Service,
  id: string,
  wanted: readonly ServiceTask[],
): boolean {
  const running = wanted.filter((task) => task.deploymentId === id && task.isRunning).length;
  if (running < desiredCount) return false;
  return [...tx.table(tasks).by('serviceDesired', `${arn}/STOPPED`)].every(
    (task) => task.deploymentId !== id,
  );
}

/** One that goes from a blue one to a green one has taken over with its bake time behind it, others with all tasks healthy. */
function hasTakenOver(
  tx: ReadTransaction,
  deployment: Deployment,
  desiredCount: number,
  wanted: readonly ServiceTask[],
): boolean {
  if (deployment.rolloutState === 'COMPLETED') return true;
  const [record] = tx.table(serviceDeployments).by('arn', deployment.serviceDeploymentArn);
  const isGreen = record?.deploymentId === deployment.id && record.staged?.blueDeploymentId !== undefined;
  if (isGreen) return record.lifecycleStage === 'CLEAN_UP';
  return desiredCount > 0 && healthyOf(wanted, deployment.id) >= desiredCount;
}
