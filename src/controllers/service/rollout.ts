// How a deployment goes on, ends well, or fails: the records that users and waiters look at.
import type { Random } from '../../lib/random.ts';
import { decimalId } from '../../lib/ids.ts';
import { newDeployment, type Deployment } from '../../model/deployment.ts';
import type { ServiceDeployment } from '../../model/service-deployment.ts';
import type { Service } from '../../model/service.ts';
import { recordServiceEvent } from '../../store/queries/record-service-event.ts';
import type { WriteTransaction } from '../../store/store.ts';
import { deployments } from '../../store/tables/deployments.ts';
import { serviceDeployments } from '../../store/tables/service-deployments.ts';
import { serviceRevisions } from '../../store/tables/service-revisions.ts';
import { services } from '../../store/tables/services.ts';
import { deploymentCompleted, deploymentFailed, rollingBack } from './messages.ts';

export interface RolloutContext {
  readonly random: Random;
  readonly now: number;
}

/** The service deployment that brings the PRIMARY deployment up, if it has one. */
export function serviceDeploymentOf(
  tx: WriteTransaction,
  primary: Deployment,
): ServiceDeployment | undefined {
  const [found] = tx.table(serviceDeployments).by('arn', primary.serviceDeploymentArn);
  return found;
}

/** What the circuit breaker counts: tasks that never ran, and tasks whose health checks failed. */
const failuresOf = ({ failedTasks, unhealthyTasks = 0 }: Deployment): number => failedTasks + unhealthyTasks;

const isRollback = (deployment: ServiceDeployment, primary: Deployment): boolean =>
  deployment.rollback?.deploymentId === primary.id;

/** What is PENDING begins. */
export function beginRollout(tx: WriteTransaction, primary: Deployment, { now }: RolloutContext): void {
  const deployment = serviceDeploymentOf(tx, primary);
  if (deployment?.status !== 'PENDING') return;
  tx.table(serviceDeployments).put({ ...deployment, status: 'IN_PROGRESS', startedAt: now, updatedAt: now });
}

/** Every task of the PRIMARY deployment runs and is healthy, and nothing old is left. */
export function completeRollout(
  tx: WriteTransaction,
  service: Service,
  primary: Deployment,
  { random, now }: RolloutContext,
): void {
  if (primary.rolloutState !== 'IN_PROGRESS') return;
  const reason = `ECS deployment ${primary.id} completed.`;
  tx.table(deployments).put({
    ...primary,
    rolloutState: 'COMPLETED',
    rolloutStateReason: reason,
    updatedAt: now,
  });
  const deployment = serviceDeploymentOf(tx, primary);
  if (deployment) {
    const wentBack = isRollback(deployment, primary);
    const { circuitBreaker } = deployment;
    tx.table(serviceDeployments).put({
      ...deployment,
      status: wentBack ? 'ROLLBACK_SUCCESSFUL' : 'SUCCESSFUL',
      circuitBreaker: {
        ...circuitBreaker,
        status: circuitBreaker.status === 'MONITORING' ? 'MONITORING_COMPLETE' : circuitBreaker.status,
      },
      finishedAt: now,
      updatedAt: now,
    });
  }
  recordServiceEvent(tx, random, service.arn, deploymentCompleted(service.name, primary.id), now);
}

/** Counts the failures where users look, and ends the deployment when there are as many as the breaker allows. */
export function watchBreaker(
  tx: WriteTransaction,
  service: Service,
  primary: Deployment,
  context: RolloutContext,
): void {
  const deployment = serviceDeploymentOf(tx, primary);
  if (!deployment || primary.rolloutState !== 'IN_PROGRESS') return;
  const { circuitBreaker } = deployment;
  const failures = failuresOf(primary);
  const watches = circuitBreaker.status === 'MONITORING';
  // The way back is watched too, by the breaker that ended the way there and keeps its count.
  if (!watches && !(circuitBreaker.status === 'TRIGGERED' && isRollback(deployment, primary))) return;
  if (watches && circuitBreaker.failureCount !== failures) {
    tx.table(serviceDeployments).put({
      ...deployment,
      circuitBreaker: { ...circuitBreaker, failureCount: failures },
      updatedAt: context.now,
    });
  }
  if (failures < circuitBreaker.threshold) return;
  recordServiceEvent(
    tx,
    context.random,
    service.arn,
    deploymentFailed(service.name, primary.id),
    context.now,
  );
  failRollout(tx, service, primary, context, {
    reason: 'ECS deployment circuit breaker: tasks failed to start.',
    goBack: deployment.deploymentConfiguration.deploymentCircuitBreaker.rollback,
    tripped: true,
  });
}

interface Failure {
  readonly reason: string;
  readonly goBack: boolean;
  /** The circuit breaker ended it. */
  readonly tripped: boolean;
}

/** The PRIMARY deployment has FAILED; where it is asked for and there is one, the last that succeeded comes back. */
export function failRollout(
  tx: WriteTransaction,
  service: Service,
  primary: Deployment,
  context: RolloutContext,
  failure: Failure,
): void {
  const { reason, goBack, tripped } = failure;
  const deployment = serviceDeploymentOf(tx, primary);
  const { now } = context;
  const failed = tx.table(deployments).put({
    ...primary,
    rolloutState: 'FAILED',
    rolloutStateReason: reason,
    updatedAt: now,
  });
  if (!deployment) return;
  const circuitBreaker = tripped
    ? { ...deployment.circuitBreaker, status: 'TRIGGERED' as const, failureCount: failuresOf(primary) }
    : deployment.circuitBreaker;
  const target = goBack && !isRollback(deployment, primary) ? lastGood(tx, service, deployment) : undefined;
  if (target === undefined) {
    const status = isRollback(deployment, primary) ? 'ROLLBACK_FAILED' : 'STOPPED';
    tx.table(serviceDeployments).put({
      ...deployment,
      circuitBreaker,
      status,
      statusReason: reason,
      stoppedAt: now,
      finishedAt: now,
      updatedAt: now,
    });
    return;
  }
  rollBack(tx, service, failed, { ...deployment, circuitBreaker }, target, failure, context);
}

/** The revision of the last service deployment that succeeded before. */
function lastGood(tx: WriteTransaction, service: Service, current: ServiceDeployment): string | undefined {
  for (const earlier of tx.table(serviceDeployments).by('serviceStatus', `${service.arn}/SUCCESSFUL`)) {
    if (earlier.arn !== current.arn) return earlier.targetRevisionArn;
  }
  return undefined;
}

function rollBack(
  tx: WriteTransaction,
  service: Service,
  failed: Deployment,
  deployment: ServiceDeployment,
  revisionArn: string,
  { reason, tripped }: Failure,
  { random, now }: RolloutContext,
): void {
  const revision = tx.table(serviceRevisions).get(revisionArn);
  if (!revision) return;
  const number = service.lastDeploymentNumber + 1;
  const id = `ecs-svc/${decimalId(random)}`;
  tx.table(deployments).put({ ...failed, status: 'ACTIVE' });
  tx.table(deployments).put({
    ...newDeployment(service, revision, { id, number, serviceDeploymentArn: deployment.arn, now }),
    ...(tripped && {
      rolloutStateReason: `ECS deployment circuit breaker: rolling back to deploymentId ${id}.`,
    }),
  });
  tx.table(services).put({ ...service, revisionArn, lastDeploymentNumber: number });
  tx.table(serviceDeployments).put({
    ...deployment,
    status: 'ROLLBACK_IN_PROGRESS',
    statusReason: reason,
    rollback: { reason, startedAt: now, revisionArn, deploymentId: id },
    updatedAt: now,
  });
  recordServiceEvent(tx, random, service.arn, rollingBack(service.name, id), now);
}
