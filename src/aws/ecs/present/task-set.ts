import type { Presented } from '../../shared/presented.ts';
import type * as ecs from '../shapes.generated.ts';
import type { Service } from '../state/service/service.ts';
import { computedDesiredCount, type TaskSet } from '../state/service/task-set/task-set.ts';
import type { ReadTransaction } from '../../../store/store.ts';
import { tasks } from '../state/task/tasks.ts';
import { presentCompute } from './compute.ts';
import { seconds } from './seconds.ts';

/** The task set with the counts of its tasks; `service` is the one that it belongs to. */
export function presentTaskSet(
  tx: ReadTransaction,
  service: Service,
  taskSet: TaskSet,
  withTags: boolean,
): Presented<ecs.TaskSet> {
  const counts = tx.table(tasks).tally('deployment', { deploymentId: taskSet.id });
  return {
    id: taskSet.id,
    taskSetArn: taskSet.arn,
    serviceArn: taskSet.serviceArn,
    clusterArn: taskSet.clusterArn,
    externalId: taskSet.externalId,
    status: taskSet.status,
    taskDefinition: taskSet.taskDefinitionArn,
    computedDesiredCount: computedDesiredCount(taskSet.scale, service.desiredCount),
    pendingCount: counts.pending,
    runningCount: counts.running,
    createdAt: seconds(taskSet.createdAt),
    updatedAt: seconds(taskSet.updatedAt),
    ...presentCompute(taskSet),
    loadBalancers: [],
    serviceRegistries: [],
    scale: { value: taskSet.scale, unit: 'PERCENT' },
    stabilityStatus: taskSet.stabilityStatus,
    stabilityStatusAt: seconds(taskSet.stabilityStatusAt),
    tags: withTags ? taskSet.tags : undefined,
    startedBy: undefined,
    networkConfiguration: undefined,
    platformVersion: undefined,
    platformFamily: undefined,
    fargateEphemeralStorage: undefined,
  };
}
