// Writes how a deployment goes on, ends well, or fails: the records that users and waiters look at.
import type { Deployment } from '../../state/service/deployment/deployment.ts';
import { isRollback, type ServiceDeployment } from '../../state/service/deployment/service-deployment.ts';
import type { Service } from '../../state/service/service.ts';
import { rollbackTarget } from '../../state/service/deployment/rollback-target.ts';
import { startDeployment } from '../../state/service/deployment/start-deployment.ts';
import type { WriteTransaction } from '../../../../store/store.ts';
import { deployments } from '../../state/service/deployment/deployments.ts';
import { serviceDeployments } from '../../state/service/deployment/service-deployments.ts';
import { failuresOf } from '../../scheduler/service/failures/failures-of.ts';
import type { RolloutChange } from '../../scheduler/service/rollout/next-change.ts';
import { recordEvent, type ServiceContext } from './context.ts';
import * as messages from './messages.ts';

type RolloutContext = Pick<ServiceContext, 'random' | 'now'>;

/** Writes the change that was decided on; the next step decides about the tasks. */
export function applyChange(
  tx: WriteTransaction,
  service: Service,
  change: RolloutChange,
  context: RolloutContext,
): void {
  const { now } = context;
  const put = (record: ServiceDeployment, fields: Partial<ServiceDeployment>): unknown =>
    tx.table(serviceDeployments).put({ ...record, ...fields, updatedAt: now });
  switch (change.kind) {
    case 'begin':
      put(change.rollout, { status: 'IN_PROGRESS', startedAt: now });
      return;
    case 'stage':
      applyStage(tx, service, change, context);
      return;
    case 'trafficBack':
      put(change.record, { staged: { ...change.record.staged!, productionWeight: 0 } });
      return;
    case 'rollbackFailed':
      put(change.record, { status: 'ROLLBACK_FAILED', stoppedAt: now, finishedAt: now });
      return;
    case 'failures':
      put(change.rollout, {
        circuitBreaker: { ...change.rollout.circuitBreaker, failureCount: change.count },
      });
      return;
    case 'fail':
      applyFailure(tx, service, change, context);
      return;
  }
}

function applyStage(
  tx: WriteTransaction,
  service: Service,
  { staged, state, serving, objection }: Extract<RolloutChange, { kind: 'stage' }>,
  context: RolloutContext,
): void {
  const { now } = context;
  const { stage: lifecycleStage, progress, hooks: lifecycleHooks } = state;
  if (serving && serving.rolloutState !== 'COMPLETED')
    tx.table(deployments).put({ ...serving, ...completed(serving), updatedAt: now });
  tx.table(serviceDeployments).put({
    ...staged.record,
    lifecycleStage,
    staged: progress,
    lifecycleHooks,
    updatedAt: now,
  });
  if (objection === undefined) return;
  recordEvent(tx, context, service, messages.deploymentRefused(service.name, staged.target.id, objection));
  const reason = messages.sentence(`Service deployment rolled back because ${objection}`);
  failRollout(tx, service, staged.target, context, { reason, rollBack: true, tripped: false });
}

function applyFailure(
  tx: WriteTransaction,
  service: Service,
  { primary, rollBack, tripped }: Extract<RolloutChange, { kind: 'fail' }>,
  context: RolloutContext,
): void {
  if (tripped) recordEvent(tx, context, service, messages.deploymentFailed(service.name, primary.id));
  const reason = tripped
    ? 'ECS deployment circuit breaker: tasks failed to start.'
    : 'Service deployment rolled back because of a user request.';
  failRollout(tx, service, primary, context, { reason, rollBack, tripped });
}

const completed = ({ id }: Deployment) =>
  ({ rolloutState: 'COMPLETED', rolloutStateReason: `ECS deployment ${id} completed.` }) as const;

/** The service deployment that the deployment is part of, as it is now. */
const serviceDeploymentOf = (tx: WriteTransaction, of: Deployment): ServiceDeployment | undefined =>
  tx.table(serviceDeployments).by('arn', { arn: of.serviceDeploymentArn }).next().value;

/** Every task of the PRIMARY deployment runs and is healthy, and nothing old is left. */
export function completeRollout(
  tx: WriteTransaction,
  service: Service,
  primary: Deployment,
  context: RolloutContext,
): void {
  const { now } = context;
  if (primary.rolloutState === 'IN_PROGRESS') {
    tx.table(deployments).put({ ...primary, ...completed(primary), updatedAt: now });
    finish(tx, serviceDeploymentOf(tx, primary), primary, now);
  } else {
    // The one that it goes back to may have completed long ago.
    const [current] = tx
      .table(serviceDeployments)
      .by('arn', { arn: service.currentServiceDeploymentArn ?? '' });
    if (current?.status !== 'ROLLBACK_IN_PROGRESS') return;
    finish(tx, current, primary, now);
  }
  recordEvent(tx, context, service, messages.deploymentCompleted(service.name, primary.id));
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
    status: isRollback(deployment, primary.id) ? 'ROLLBACK_SUCCESSFUL' : 'SUCCESSFUL',
    circuitBreaker: {
      ...circuitBreaker,
      status: circuitBreaker.status === 'MONITORING' ? 'MONITORING_COMPLETE' : circuitBreaker.status,
    },
    finishedAt: now,
    updatedAt: now,
  });
}

interface Failure {
  readonly reason: string;
  readonly rollBack: boolean;
  /** The circuit breaker ended it. */
  readonly tripped: boolean;
}

/** The PRIMARY deployment has FAILED; where it is asked for and there is something to roll back to, the service is rolled back. */
function failRollout(
  tx: WriteTransaction,
  service: Service,
  primary: Deployment,
  context: RolloutContext,
  { reason, rollBack, tripped }: Failure,
): void {
  const deployment = serviceDeploymentOf(tx, primary);
  const { now } = context;
  tx.table(deployments).put({
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
  const rollsBack = rollBack && !isRollback(deployment, primary.id);
  const to = rollsBack ? rollbackTarget(tx, service, ended) : undefined;
  if (to) {
    startDeployment(tx, context.random, service, { of: ended, to, reason }, now);
    const [back] = tx.table(deployments).by('primary', { serviceArn: service.arn });
    recordEvent(tx, context, service, messages.rollingBack(service.name, back!.id));
    return;
  }
  tx.table(serviceDeployments).put({
    ...ended,
    status: isRollback(deployment, primary.id) ? 'ROLLBACK_FAILED' : 'STOPPED',
    statusReason: reason,
    stoppedAt: now,
    finishedAt: now,
    updatedAt: now,
  });
}
