import type { Presented } from '../../shared/presented.ts';
import type * as ecs from '../shapes.generated.ts';
import type { Deployment } from '../state/service/deployment/deployment.ts';
import { inPartitionOf } from '../../../lib/partition.ts';
import type { Service } from '../state/service/service.ts';
import type { ReadTransaction } from '../../../store/store.ts';
import { deployments } from '../state/service/deployment/deployments.ts';
import { serviceEvents } from '../state/service/service-events.ts';
import { serviceRevisions } from '../state/service/deployment/service-revisions.ts';
import { taskSets } from '../state/service/task-set/task-sets.ts';
import { tasks } from '../state/task/tasks.ts';
import { presentCompute } from './compute.ts';
import { presentDeployment } from './deployment.ts';
import { presentDeploymentConfiguration } from './deployment-configuration.ts';
import { seconds } from './seconds.ts';
import { presentRevisionSummary } from './service-revision.ts';
import { presentTaskSet } from './task-set.ts';
import type { ServiceEvent } from '../state/service/service-event.ts';

/** The role that ECS links to its service in an account, by which it calls others. */
const linkedRole = (accountId: string): string =>
  `arn:aws:iam::${accountId}:role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS`;

/** The service with its deployments or task sets, its events and the counts of its tasks. */
export function presentService(
  tx: ReadTransaction,
  service: Service,
  withTags: boolean,
): Presented<ecs.Service> {
  const counts = tx.table(tasks).tally('service', { serviceArn: service.arn });
  return {
    serviceArn: service.arn,
    serviceName: service.name,
    clusterArn: service.clusterArn,
    loadBalancers: [],
    serviceRegistries: [],
    status: service.status,
    desiredCount: service.desiredCount,
    runningCount: counts.running,
    pendingCount: counts.pending,
    ...(service.deploymentController === 'ECS'
      ? byDeployments(tx, service)
      : byTaskSets(tx, service, withTags)),
    deploymentConfiguration: presentDeploymentConfiguration(service.deploymentConfiguration),
    roleArn: inPartitionOf(service.region, linkedRole(service.accountId)),
    events: Array.from(
      tx.table(serviceEvents).by('service', { serviceArn: service.arn }),
      presentServiceEvent,
    ),
    createdAt: seconds(service.createdAt),
    placementConstraints: service.placementConstraints,
    placementStrategy: service.placementStrategy,
    healthCheckGracePeriodSeconds: service.healthCheckGracePeriodSeconds,
    schedulingStrategy: service.schedulingStrategy,
    deploymentController: { type: service.deploymentController },
    createdBy: service.createdBy,
    enableECSManagedTags: service.enableECSManagedTags,
    propagateTags: service.propagateTags,
    enableExecuteCommand: false,
    availabilityZoneRebalancing: service.availabilityZoneRebalancing,
    resourceManagementType: 'CUSTOMER',
    tags: withTags ? service.tags : undefined,
    networkConfiguration: undefined,
    platformVersion: undefined,
    platformFamily: undefined,
  };
}

/** What a service has of its deployments, or of its task sets. */
type OfDeployments = Presented<
  Pick<
    ecs.Service,
    | 'launchType'
    | 'capacityProviderStrategy'
    | 'taskDefinition'
    | 'deployments'
    | 'taskSets'
    | 'currentServiceDeployment'
    | 'currentServiceRevisions'
  >
>;

function byDeployments(tx: ReadTransaction, service: Service): OfDeployments {
  const listed = primaryFirst([...tx.table(deployments).by('listed', { serviceArn: service.arn })]);
  const revision = tx.table(serviceRevisions).get(service.revisionArn ?? '');
  return {
    ...presentCompute(service),
    taskDefinition: revision?.taskDefinitionArn,
    deployments: listed.map((deployment) => presentDeployment(tx, deployment)),
    taskSets: undefined,
    currentServiceDeployment: service.currentServiceDeploymentArn,
    currentServiceRevisions: [...new Set(listed.map((deployment) => deployment.revisionArn))].map((arn) =>
      presentRevisionSummary(tx, arn),
    ),
  };
}

/** The PRIMARY, then the newest first: a deployment that was gone back to is PRIMARY though others are newer. */
const primaryFirst = (listed: readonly Deployment[]): readonly Deployment[] => [
  ...listed.filter(({ status }) => status === 'PRIMARY'),
  ...listed.filter(({ status }) => status !== 'PRIMARY'),
];

/** What the primary task set says is shown on the service; without one, nothing is. */
function byTaskSets(tx: ReadTransaction, service: Service, withTags: boolean): OfDeployments {
  const sets = [...tx.table(taskSets).by('service', { serviceArn: service.arn })];
  const primary = sets.find((taskSet) => taskSet.status === 'PRIMARY');
  return {
    ...presentCompute(primary),
    taskDefinition: primary?.taskDefinitionArn,
    taskSets: sets.map((taskSet) => presentTaskSet(tx, service, taskSet, withTags)),
    deployments: [],
    currentServiceDeployment: undefined,
    currentServiceRevisions: undefined,
  };
}

const presentServiceEvent = (event: ServiceEvent): Presented<ecs.ServiceEvent> => ({
  id: event.id,
  createdAt: seconds(event.createdAt),
  message: event.message,
});
