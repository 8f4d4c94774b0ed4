// Where a failed deployment goes back to: to the deployment that still serves beside it, with the tasks that it has; where none of
// its tasks is left, to a new deployment of the revision that last succeeded.
import { decimalId } from '../../../../lib/ids.ts';
import type { Random } from '../../../../lib/random.ts';
import { inProgress, newDeployment, type Deployment } from '../../state/service/deployment/deployment.ts';
import type { ServiceDeployment } from '../../state/service/deployment/service-deployment.ts';
import type { Service } from '../../state/service/service.ts';
import type { ServiceRevision } from '../../state/service/deployment/service-revision.ts';
import { recordServiceEvent } from '../../state/service/record-service-event.ts';
import type { WriteTransaction } from '../../../../store/store.ts';
import { deployments } from '../../state/service/deployment/deployments.ts';
import { serviceDeployments } from '../../state/service/deployment/service-deployments.ts';
import { serviceRevisions } from '../../state/service/deployment/service-revisions.ts';
import { services } from '../../state/service/services.ts';
import { tasks } from '../../state/task/tasks.ts';
import { rollingBack } from './messages.ts';
import { blueOf } from '../../scheduler/service/view/blue.ts';

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
  for (const earlier of tx
    .table(serviceDeployments)
    .by('serviceStatus', { serviceArn: service.arn, status: 'SUCCESSFUL' })) {
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
  const table = tx.table(deployments);
  table.put({ ...failed, status: 'ACTIVE' });
  const standing = [...table.by('listedRevision', { revisionArn: revision.arn })].find(
    ({ id }) => id !== failed.id,
  );
  const number = service.lastDeploymentNumber + (standing ? 0 : 1);
  const id = standing?.id ?? `ecs-svc/${decimalId(random)}`;
  const rolloutStateReason =
    deployment.circuitBreaker.status === 'TRIGGERED'
      ? `ECS deployment circuit breaker: rolling back to deploymentId ${id}.`
      : inProgress(id);
  const begun = { id, number, serviceDeploymentArn: deployment.arn, now };
  const back = standing
    ? { ...standing, ...afresh, serviceDeploymentArn: deployment.arn, updatedAt: now }
    : newDeployment(service, revision, begun);
  table.put({ ...back, status: 'PRIMARY', rolloutState: 'IN_PROGRESS', rolloutStateReason });
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

/** What was counted before is no failure of the way back. */
const afresh = {
  failedTasks: 0,
  startFailures: 0,
  unhealthyTasks: 0,
  earlyExits: 0,
  lastFailureAt: undefined,
} satisfies Partial<Deployment>;

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
  tx.table(deployments).put({ ...blue, ...afresh, status: 'PRIMARY', updatedAt: now });
  tx.table(services).put({ ...service, revisionArn });
  const { staged, lifecycleStage } = deployment;
  const { running } = tx.table(tasks).tally('deployment', { deploymentId: id });
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
