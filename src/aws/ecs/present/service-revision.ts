// A service revision as DescribeServiceRevisions shows it, and how many tasks one has where it is only named.
import type { Presented } from '../../shared/presented.ts';
import type * as ecs from '../shapes.generated.ts';
import type { ServiceRevision } from '../state/service/deployment/service-revision.ts';
import type { ReadTransaction } from '../../../store/store.ts';
import { deployments } from '../state/service/deployment/deployments.ts';
import { tasks } from '../state/task/tasks.ts';
import { presentCompute } from './compute.ts';
import { seconds } from './seconds.ts';

export const presentServiceRevision = (revision: ServiceRevision): Presented<ecs.ServiceRevision> => ({
  serviceRevisionArn: revision.arn,
  serviceArn: revision.serviceArn,
  clusterArn: revision.clusterArn,
  taskDefinition: revision.taskDefinitionArn,
  ...presentCompute(revision),
  loadBalancers: [],
  serviceRegistries: [],
  containerImages: revision.containerImages,
  guardDutyEnabled: false,
  createdAt: seconds(revision.createdAt),
  ...notServed,
});

/** What no service here has. */
const notServed = {
  platformVersion: undefined,
  platformFamily: undefined,
  networkConfiguration: undefined,
  serviceConnectConfiguration: undefined,
  volumeConfigurations: undefined,
  fargateEphemeralStorage: undefined,
  vpcLatticeConfigurations: undefined,
  resolvedConfiguration: undefined,
  ecsManagedResources: undefined,
  overrides: undefined,
  gatewayConnectors: undefined,
  monitoring: undefined,
};

/** A revision's ARN with its tasks, over all its deployments that are still listed. */
export function presentRevisionSummary(
  tx: ReadTransaction,
  arn: string,
): Presented<ecs.ServiceCurrentRevisionSummary> {
  let [requested, running, pending] = [0, 0, 0];
  for (const deployment of tx.table(deployments).by('listedRevision', { revisionArn: arn })) {
    const counts = tx.table(tasks).tally('deployment', { deploymentId: deployment.id });
    requested += deployment.desiredCount;
    running += counts.running;
    pending += counts.pending;
  }
  return { arn, requestedTaskCount: requested, runningTaskCount: running, pendingTaskCount: pending };
}
