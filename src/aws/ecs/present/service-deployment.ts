// A service deployment as DescribeServiceDeployments shows it, and in brief as ListServiceDeployments does.
import type { Presented } from '../../shared/presented.ts';
import type * as ecs from '../shapes.generated.ts';
import {
  goesForward,
  type LifecycleHookState,
  type ServiceDeployment,
} from '../state/service/deployment/service-deployment.ts';
import type { ReadTransaction } from '../../../store/store.ts';
import { deployments } from '../state/service/deployment/deployments.ts';
import { presentDeploymentConfiguration } from './deployment-configuration.ts';
import { optionalSeconds, seconds } from './seconds.ts';
import { presentRevisionSummary } from './service-revision.ts';

export function presentServiceDeployment(
  tx: ReadTransaction,
  deployment: ServiceDeployment,
): Presented<ecs.ServiceDeployment> {
  return {
    serviceDeploymentArn: deployment.arn,
    serviceArn: deployment.serviceArn,
    clusterArn: deployment.clusterArn,
    ...times(deployment),
    updatedAt: seconds(deployment.updatedAt),
    sourceServiceRevisions: deployment.sourceRevisionArns.map((arn) => ({
      ...presentRevisionSummary(tx, arn),
      ...sourceWeights(tx, deployment, arn),
    })),
    targetServiceRevision: {
      ...presentRevisionSummary(tx, deployment.targetRevisionArn),
      ...targetWeights(deployment),
    },
    status: deployment.status,
    statusReason: deployment.statusReason,
    lifecycleStage: deployment.lifecycleStage,
    lifecycleHookDetails: presentHooks(deployment),
    deploymentConfiguration: presentDeploymentConfiguration(deployment.deploymentConfiguration),
    rollback: deployment.rollback && presentRollback(deployment.rollback),
    deploymentCircuitBreaker: deployment.circuitBreaker,
    alarms: presentAlarms(deployment),
  };
}

export const presentServiceDeploymentBrief = (
  deployment: ServiceDeployment,
): Presented<ecs.ServiceDeploymentBrief> => {
  const { stoppedAt: _stoppedAt, ...shown } = times(deployment);
  return {
    serviceDeploymentArn: deployment.arn,
    serviceArn: deployment.serviceArn,
    clusterArn: deployment.clusterArn,
    ...shown,
    targetServiceRevisionArn: deployment.targetRevisionArn,
    status: deployment.status,
    statusReason: deployment.statusReason,
  };
};

const times = (deployment: ServiceDeployment) => ({
  createdAt: seconds(deployment.createdAt),
  startedAt: optionalSeconds(deployment.startedAt),
  finishedAt: optionalSeconds(deployment.finishedAt),
  stoppedAt: optionalSeconds(deployment.stoppedAt),
});

/** Only of deployments that shift traffic; what has not begun to has none to show. */
const targetWeights = ({ staged }: ServiceDeployment) =>
  staged && {
    requestedTestTrafficWeight: staged.testWeight,
    requestedProductionTrafficWeight: staged.productionWeight,
  };

/** What the target does not get goes to the source; of test traffic, to nobody before it has shifted. */
function sourceWeights(tx: ReadTransaction, { staged }: ServiceDeployment, arn: string) {
  if (!staged) return undefined;
  const [source] = tx.table(deployments).by('id', { id: staged.sourceDeploymentId ?? '' });
  const rest = source?.revisionArn === arn ? 100 - staged.productionWeight : 0;
  return { requestedTestTrafficWeight: 0, requestedProductionTrafficWeight: rest };
}

/** A deployment that is over, or rolls back, waits for no hook any more. */
function presentHooks(deployment: ServiceDeployment): ecs.ServiceDeployment['lifecycleHookDetails'] {
  const shown = deployment.lifecycleHooks.filter((hook) => goesForward(deployment) || hasEnded(hook));
  return shown.length > 0 ? shown.map(presentHook) : undefined;
}

const hasEnded = ({ status }: LifecycleHookState): boolean =>
  status !== 'AWAITING_ACTION' && status !== 'IN_PROGRESS';

const presentHook = (hook: LifecycleHookState): Presented<ecs.DeploymentLifecycleHookDetail> => ({
  hookId: hook.id,
  targetType: hook.targetType,
  targetArn: hook.targetArn,
  status: hook.status,
  expiresAt: optionalSeconds(hook.expiresAt),
  timeoutAction: hook.timeoutAction,
});

const presentRollback = (rollback: NonNullable<ServiceDeployment['rollback']>): Presented<ecs.Rollback> => ({
  reason: rollback.reason,
  startedAt: seconds(rollback.startedAt),
  serviceRevisionArn: rollback.revisionArn,
});

const presentAlarms = ({ alarms, deploymentConfiguration }: ServiceDeployment) =>
  alarms.status === 'DISABLED'
    ? { status: alarms.status }
    : {
        status: alarms.status,
        alarmNames: deploymentConfiguration.alarms.alarmNames,
        triggeredAlarmNames: alarms.triggeredAlarmNames,
      };
