// How a deployment goes on, ends well, or fails: the records that users and waiters look at.
import type { Random } from '../../../../lib/random.ts';
import type { Deployment } from '../../state/service/deployment/deployment.ts';
import { isWayBack, type ServiceDeployment } from '../../state/service/deployment/service-deployment.ts';
import type { Service } from '../../state/service/service.ts';
import { recordServiceEvent } from '../../state/service/record-service-event.ts';
import type { WriteTransaction } from '../../../../store/store.ts';
import { deployments } from '../../state/service/deployment/deployments.ts';
import { serviceDeployments } from '../../state/service/deployment/service-deployments.ts';
import { deploymentCompleted, deploymentFailed } from './messages.ts';
import { wayBack } from './way-back.ts';

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

/** What the circuit breaker counts: tasks that never ran, whose health checks failed, and until it is through, that exited early. */
export const failuresOf = ({
  failedTasks,
  unhealthyTasks = 0,
  earlyExits = 0,
  rolloutState,
}: Deployment): number => failedTasks + unhealthyTasks + (rolloutState === 'COMPLETED' ? 0 : earlyExits);

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
  if (primary.rolloutState === 'IN_PROGRESS') {
    const rolloutStateReason = `ECS deployment ${primary.id} completed.`;
    const completed = { ...primary, rolloutState: 'COMPLETED', rolloutStateReason, updatedAt: now } as const;
    tx.table(deployments).put(completed);
    finish(tx, serviceDeploymentOf(tx, primary), primary, now);
  } else {
    // The one that it goes back to may have completed long ago.
    const [current] = tx.table(serviceDeployments).by('arn', service.currentServiceDeploymentArn ?? '');
    if (current?.status !== 'ROLLBACK_IN_PROGRESS') return;
    finish(tx, current, primary, now);
  }
  recordServiceEvent(tx, random, service.arn, deploymentCompleted(service.name, primary.id), now);
}

function finish(
  tx: WriteTransaction,
  deployment: ServiceDeployment | undefined,
  primary: Deployment,
  now: number,
): void {
  if (!deployment) return;
  const { circuitBreaker } = deployment;
  tx.table(serviceDeployments).put({
    ...deployment,
    status: isWayBack(deployment, primary.id) ? 'ROLLBACK_SUCCESSFUL' : 'SUCCESSFUL',
    circuitBreaker: {
      ...circuitBreaker,
      status: circuitBreaker.status === 'MONITORING' ? 'MONITORING_COMPLETE' : circuitBreaker.status,
    },
    finishedAt: now,
    updatedAt: now,
  });
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
  if (!watches && !(circuitBreaker.status === 'TRIGGERED' && isWayBack(deployment, primary.id))) return;
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

/** The PRIMARY deployment has FAILED; where it is asked for and there is a way back, the service takes it. */
export function failRollout(
  tx: WriteTransaction,
  service: Service,
  primary: Deployment,
  context: RolloutContext,
  { reason, goBack, tripped }: Failure,
): void {
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
  const ended = { ...deployment, circuitBreaker };
  const goesBack = goBack && !isWayBack(deployment, primary.id);
  if (goesBack && wayBack(tx, service, failed, ended, reason, context)) return;
  tx.table(serviceDeployments).put({
    ...ended,
    status: isWayBack(deployment, primary.id) ? 'ROLLBACK_FAILED' : 'STOPPED',
    statusReason: reason,
    stoppedAt: now,
    finishedAt: now,
    updatedAt: now,
  });
}
