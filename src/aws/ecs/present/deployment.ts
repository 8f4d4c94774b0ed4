import type { Presented } from '../../shared/presented.ts';
import type * as ecs from '../shapes.generated.ts';
import type { Deployment } from '../state/service/deployment/deployment.ts';
import type { ReadTransaction } from '../../../store/store.ts';
import { serviceRevisions } from '../state/service/deployment/service-revisions.ts';
import { tasks } from '../state/task/tasks.ts';
import { presentCompute } from './compute.ts';
import { seconds } from './seconds.ts';

/** The deployment with the counts of its tasks. */
export function presentDeployment(tx: ReadTransaction, deployment: Deployment): Presented<ecs.Deployment> {
  const counts = tx.table(tasks).tally('deployment', { deploymentId: deployment.id });
  const revision = tx.table(serviceRevisions).get(deployment.revisionArn);
  return {
    id: deployment.id,
    status: deployment.status,
    taskDefinition: deployment.taskDefinitionArn,
    desiredCount: deployment.desiredCount,
    pendingCount: counts.pending,
    runningCount: counts.running,
    failedTasks: deployment.failedTasks,
    createdAt: seconds(deployment.createdAt),
    updatedAt: seconds(deployment.updatedAt),
    ...presentCompute(revision),
    rolloutState: deployment.rolloutState,
    rolloutStateReason: deployment.rolloutStateReason,
    ...notServed,
  };
}

/** What no service here has. */
const notServed = {
  platformVersion: undefined,
  platformFamily: undefined,
  networkConfiguration: undefined,
  serviceConnectConfiguration: undefined,
  serviceConnectResources: undefined,
  volumeConfigurations: undefined,
  fargateEphemeralStorage: undefined,
  vpcLatticeConfigurations: undefined,
};
