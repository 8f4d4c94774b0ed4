// A service revision as DescribeServiceRevisions shows it, and how many tasks one has where it is only named.
import type * as ecs from '@aws-sdk/client-ecs';
import type { ServiceRevision } from '../state/service/deployment/service-revision.ts';
import type { ReadTransaction } from '../../../store/store.ts';
import { deployments } from '../state/service/deployment/deployments.ts';
import { tasks } from '../state/task/tasks.ts';
import type { Input } from '../ecs.ts';
import { presentCompute } from './compute.ts';
import { seconds } from './seconds.ts';

export const presentServiceRevision = (revision: ServiceRevision): Input<ecs.ServiceRevision> => ({
  serviceRevisionArn: revision.arn,
  serviceArn: revision.serviceArn,
  clusterArn: revision.clusterArn,
  taskDefinition: revision.taskDefinitionArn,
  ...presentCompute(revision),
  loadBalancers: [],
  serviceRegistries: [],
  containerImages: revision.containerImages as Input<ecs.ContainerImage[]>,
  guardDutyEnabled: false,
  createdAt: seconds(revision.createdAt),
});

/** A revision's ARN with its tasks, over all its deployments that are still listed. */
export function presentRevisionSummary(
  tx: ReadTransaction,
  arn: string,
): Input<ecs.ServiceCurrentRevisionSummary> {
  let [requested, running, pending] = [0, 0, 0];
  for (const deployment of tx.table(deployments).by('listedRevision', { revisionArn: arn })) {
    const counts = tx.table(tasks).tally('deployment', { deploymentId: deployment.id });
    requested += deployment.desiredCount;
    running += counts.running;
    pending += counts.pending;
  }
  return { arn, requestedTaskCount: requested, runningTaskCount: running, pendingTaskCount: pending };
}
