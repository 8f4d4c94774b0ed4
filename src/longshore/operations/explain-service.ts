// ExplainService: how a service's deployments go, what it waits for now, and how its latest tasks failed.
import type { Deployment } from '../../aws/ecs/state/service/deployment/deployment.ts';
import type { ServiceDeployment } from '../../aws/ecs/state/service/deployment/service-deployment.ts';
import { checkedContainers } from '../../aws/ecs/scheduler/service/service-task-health.ts';
import { computedDesiredCount, type TaskSet } from '../../aws/ecs/state/service/task-set/task-set.ts';
import { isUnreachable } from '../../aws/ecs/state/instance/unreachable.ts';
import type { ReadTransaction } from '../../store/store.ts';
import { tasks } from '../../aws/ecs/state/task/tasks.ts';
import type { LongshoreOperation } from '../longshore.ts';
import { clusterOf, serviceOf } from '../resolve.ts';
import type { ShownDeployment, ShownRollout } from '../contract.ts';
import { failuresOf, presentFailedTask } from '../service/failed-tasks.ts';
import { viewOfService, type ServiceView } from '../service/service-view.ts';
import { waitingFor } from '../service/waiting-for.ts';
import { currentDefinition } from '../subject.ts';
import { lastPart } from '../../lib/arn.ts';

const maxFailed = 5;

export const explainService: LongshoreOperation<'ExplainService'> = (
  { store, healthyAfter, router },
  { cluster: clusterName, service: reference, serviceDeploymentArn },
  call,
) =>
  store.view((tx) => {
    const cluster = clusterOf(tx, call, clusterName);
    const service = serviceOf(tx, cluster, reference);
    const seen = viewOfService(tx, service, serviceDeploymentArn, { now: call.now, healthyAfter, router });
    const definition = currentDefinition(tx, call, service);
    const failed = failuresOf(tx, deploymentIds(seen));
    const counts = tx.table(tasks).tally('service', { serviceArn: service.arn });
    return {
      serviceArn: service.arn,
      clusterArn: cluster.arn,
      status: service.status,
      schedulingStrategy: service.schedulingStrategy,
      deploymentController: service.deploymentController,
      strategy: service.deploymentConfiguration.strategy,
      desiredCount: service.desiredCount,
      runningCount: counts.running,
      pendingCount: counts.pending,
      unreachableCount: seen.wanted.filter(({ task }) => isUnreachable(tx, task.containerInstanceArn)).length,
      healthyCount: seen.wanted.filter(({ isHealthy }) => isHealthy).length,
      ...(definition && { taskDefinition: `${definition.family}:${definition.revision}` }),
      health: {
        checkedContainers: [...checkedContainers(definition)],
        healthyAfterSeconds: healthyAfter / 1000,
        gracePeriodSeconds: service.healthCheckGracePeriodSeconds,
      },
      deployments: [
        ...seen.deployments.map((deployment) => presentDeployment(tx, deployment)),
        ...seen.taskSets.map((taskSet) => presentTaskSet(tx, taskSet, service.desiredCount)),
      ],
      ...(seen.rollout && { rollout: presentRollout(seen.rollout) }),
      waiting: waitingFor(seen, call.now),
      failedTaskCount: failed.length,
      failedTasks: failed.slice(0, maxFailed).map(presentFailedTask),
    };
  });

/** Those whose tasks belong to what is asked about: of the rollout, there and back, and the one that is PRIMARY. */
function deploymentIds({ rollout, deployments, taskSets }: ServiceView): ReadonlySet<string> {
  const primary = deployments.find(({ status }) => status === 'PRIMARY');
  const ids = [
    rollout?.deploymentId,
    rollout?.rollback?.deploymentId,
    rollout?.finishedAt === undefined ? primary?.id : undefined,
    ...taskSets.map(({ id }) => id),
  ];
  return new Set(ids.filter((id) => id !== undefined));
}

const presentDeployment = (tx: ReadTransaction, deployment: Deployment): ShownDeployment => ({
  ...presentCounts(tx, deployment.id),
  status: deployment.status,
  taskDefinition: lastPart(deployment.taskDefinitionArn),
  desiredCount: deployment.desiredCount,
  failedTasks: deployment.failedTasks,
  unhealthyTasks: deployment.scheduling?.unhealthyTasks ?? 0,
  rolloutState: deployment.rolloutState,
  rolloutStateReason: deployment.rolloutStateReason,
  createdAt: deployment.createdAt / 1000,
});

const presentTaskSet = (tx: ReadTransaction, taskSet: TaskSet, desiredCount: number): ShownDeployment => ({
  ...presentCounts(tx, taskSet.id),
  status: taskSet.status,
  taskDefinition: lastPart(taskSet.taskDefinitionArn),
  desiredCount: computedDesiredCount(taskSet.scale, desiredCount),
  failedTasks: 0,
  unhealthyTasks: 0,
  createdAt: taskSet.createdAt / 1000,
});

function presentCounts(tx: ReadTransaction, id: string) {
  const { running, pending, stopping } = tx.table(tasks).tally('deployment', { deploymentId: id });
  return { id, runningCount: running, pendingCount: pending, stoppingCount: stopping };
}

const presentRollout = (rollout: ServiceDeployment): ShownRollout => ({
  serviceDeploymentArn: rollout.arn,
  status: rollout.status,
  ...(rollout.statusReason === undefined ? {} : { statusReason: rollout.statusReason }),
  ...(rollout.lifecycleStage === undefined ? {} : { lifecycleStage: rollout.lifecycleStage }),
  ...(rollout.circuitBreaker.status === 'DISABLED'
    ? {}
    : {
        circuitBreaker: {
          failureCount: rollout.circuitBreaker.failureCount,
          threshold: rollout.circuitBreaker.threshold,
        },
      }),
});
