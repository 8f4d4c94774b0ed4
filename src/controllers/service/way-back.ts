// Where a failed deployment goes back to: to what still serves beside it, else to a new deployment of what last succeeded.
import { decimalId } from '../../lib/ids.ts';
import type { Random } from '../../lib/random.ts';
import { newDeployment, type Deployment } from '../../model/deployment.ts';
import type { ServiceDeployment } from '../../model/service-deployment.ts';
import type { Service } from '../../model/service.ts';
import type { ServiceRevision } from '../../model/service-revision.ts';
import { recordServiceEvent } from '../../store/queries/record-service-event.ts';
import type { WriteTransaction } from '../../store/store.ts';
import { deployments } from '../../store/tables/deployments.ts';
import { serviceDeployments } from '../../store/tables/service-deployments.ts';
import { serviceRevisions } from '../../store/tables/service-revisions.ts';
import { services } from '../../store/tables/services.ts';
import { tasks } from '../../store/tables/tasks.ts';
import { rollingBack } from './messages.ts';
import { blueOf } from '../../scheduler/service/blue.ts';

interface WayBackContext {
  readonly random: Random;
  /** Epoch ms. */
  readonly now: number;
}

/** Takes it, from `failed`, the deployment of `deployment`; answers whether there is any. */
export function wayBack(
  tx: WriteTransaction,
  service: Service,
  failed: Deployment,
  deployment: ServiceDeployment,
  reason: string,
  context: WayBackContext,
): boolean {
  const blue = blueOf(tx, deployment);
  if (blue) {
    goBackToBlue(tx, service, failed, deployment, blue, reason, context);
    return true;
  }
  const target = lastGood(tx, service, deployment);
  if (target) rollBack(tx, service, failed, deployment, target, reason, context);
  return target !== undefined;
}

/** The revision of the last service deployment that succeeded before. */
function lastGood(
  tx: WriteTransaction,
  service: Service,
  current: ServiceDeployment,
): ServiceRevision | undefined {
  for (const earlier of tx.table(serviceDeployments).by('serviceStatus', `${service.arn}/SUCCESSFUL`)) {
    if (earlier.arn !== current.arn) return tx.table(serviceRevisions).get(earlier.targetRevisionArn);
  }
  return undefined;
}

function rollBack(
  tx: WriteTransaction,
  service: Service,
  failed: Deployment,
  deployment: ServiceDeployment,
  revision: ServiceRevision,
  reason: string,
  { random, now }: WayBackContext,
): void {
  const number = service.lastDeploymentNumber + 1;
  const id = `ecs-svc/${decimalId(random)}`;
  tx.table(deployments).put({ ...failed, status: 'ACTIVE' });
  tx.table(deployments).put({
    ...newDeployment(service, revision, { id, number, serviceDeploymentArn: deployment.arn, now }),
    ...(deployment.circuitBreaker.status === 'TRIGGERED' && {
      rolloutStateReason: `ECS deployment circuit breaker: rolling back to deploymentId ${id}.`,
    }),
  });
  tx.table(services).put({ ...service, revisionArn: revision.arn, lastDeploymentNumber: number });
  tx.table(serviceDeployments).put({
    ...deployment,
    status: 'ROLLBACK_IN_PROGRESS',
    statusReason: reason,
    rollback: { reason, startedAt: now, revisionArn: revision.arn, deploymentId: id },
    updatedAt: now,
  });
  recordServiceEvent(tx, random, service.arn, rollingBack(service.name, id), now);
}

/**
 * Blue is PRIMARY again, with the tasks that it has. Its traffic comes back at once; where blue was being cleaned up, or has no task
 * that runs, once it is whole.
 */
function goBackToBlue(
  tx: WriteTransaction,
  service: Service,
  failed: Deployment,
  deployment: ServiceDeployment,
  blue: Deployment,
  reason: string,
  { random, now }: WayBackContext,
): void {
  const { id, revisionArn } = blue;
  tx.table(deployments).put({ ...failed, status: 'ACTIVE' });
  const afresh = { failedTasks: 0, startFailures: 0, unhealthyTasks: 0, lastFailureAt: undefined };
  tx.table(deployments).put({ ...blue, ...afresh, status: 'PRIMARY', updatedAt: now });
  tx.table(services).put({ ...service, revisionArn });
  const { staged, lifecycleStage } = deployment;
  const { running } = tx.table(tasks).tally('deployment', id);
  const waits = lifecycleStage === 'CLEAN_UP' || (running === 0 && service.desiredCount > 0);
  const productionWeight = waits ? (staged?.productionWeight ?? 0) : 0;
  tx.table(serviceDeployments).put({
    ...deployment,
    status: 'ROLLBACK_IN_PROGRESS',
    statusReason: reason,
    staged: staged && { ...staged, testWeight: 0, productionWeight, heldSince: undefined },
    rollback: { reason, startedAt: now, revisionArn, deploymentId: id },
    updatedAt: now,
  });
  recordServiceEvent(tx, random, service.arn, rollingBack(service.name, id), now);
}
