// A service deployment as DescribeServiceDeployments shows it, and in brief as ListServiceDeployments does.
import type * as ecs from '@aws-sdk/client-ecs';
import type { LifecycleHookState, ServiceDeployment } from '../../../model/service-deployment.ts';
import type { ReadTransaction } from '../../../store/store.ts';
import type { Input } from '../ecs.ts';
import { presentDeploymentConfiguration } from './deployment-configuration.ts';
import { optionalSeconds, seconds } from './seconds.ts';
import { presentRevisionSummary } from './service-revision.ts';

export function presentServiceDeployment(
  tx: ReadTransaction,
  deployment: ServiceDeployment,
): Input<ecs.ServiceDeployment> {
  const shown = {
    serviceDeploymentArn: deployment.arn,
    serviceArn: deployment.serviceArn,
    clusterArn: deployment.clusterArn,
    ...times(deployment),
    updatedAt: seconds(deployment.updatedAt),
    sourceServiceRevisions: deployment.sourceRevisionArns.map((arn) => presentRevisionSummary(tx, arn)),
    targetServiceRevision: presentRevisionSummary(tx, deployment.targetRevisionArn),
    status: deployment.status,
    statusReason: deployment.statusReason,
    lifecycleStage: deployment.lifecycleStage,
    ...(deployment.lifecycleHooks.length > 0
      ? { lifecycleHookDetails: deployment.lifecycleHooks.map(presentHook) }
      : {}),
    deploymentConfiguration: presentDeploymentConfiguration(deployment.deploymentConfiguration),
    ...(deployment.rollback && { rollback: presentRollback(deployment.rollback) }),
    deploymentCircuitBreaker: deployment.circuitBreaker,
    alarms: presentAlarms(deployment),
  };
  return shown as Input<ecs.ServiceDeployment>;
}

export const presentServiceDeploymentBrief = (
  deployment: ServiceDeployment,
): Input<ecs.ServiceDeploymentBrief> => {
  const { stoppedAt: _stoppedAt, ...shown } = times(deployment);
  return {
    serviceDeploymentArn: deployment.arn,
    serviceArn: deployment.serviceArn,
    clusterArn: deployment.clusterArn,
    ...shown,
    targetServiceRevisionArn: deployment.targetRevisionArn,
    status: deployment.status,
    ...(deployment.statusReason === undefined ? {} : { statusReason: deployment.statusReason }),
  };
};

const times = (deployment: ServiceDeployment) => ({
  createdAt: seconds(deployment.createdAt),
  ...optionalSeconds('startedAt', deployment.startedAt),
  ...optionalSeconds('finishedAt', deployment.finishedAt),
  ...optionalSeconds('stoppedAt', deployment.stoppedAt),
});

const presentHook = (hook: LifecycleHookState) => ({
  hookId: hook.id,
  targetType: hook.targetType,
  status: hook.status,
  ...optionalSeconds('expiresAt', hook.expiresAt),
  timeoutAction: hook.timeoutAction,
});

const presentRollback = (rollback: NonNullable<ServiceDeployment['rollback']>) => ({
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
