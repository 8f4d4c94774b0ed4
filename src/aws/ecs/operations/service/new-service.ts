// A new service's row, from a CreateService and the cluster and definition that it names.
import type * as ecs from '../../shapes.generated.ts';
import { serviceArn } from '../../state/arn.ts';
import type { Cluster } from '../../state/cluster/cluster.ts';
import type { Service } from '../../state/service/service.ts';
import type { TaskDefinition } from '../../state/task-definition/task-definition.ts';
import type { Unversioned } from '../../../../store/table.ts';
import { invalidParameter } from '../../errors.ts';
import { userTags } from '../tags.ts';
import { requestDigest } from '../task/idempotency.ts';
import type { Compute } from './compute.ts';
import type { CreateRequest } from './create-request.ts';
import { checkedDeploymentConfiguration } from './deployment-configuration.ts';
import { checkedGracePeriod } from './grace-period.ts';
import { checkedConstraints, checkedPlacementStrategy } from './placement.ts';
import { newZoneRebalancing } from './zone-rebalancing.ts';

export interface NewService {
  readonly input: ecs.CreateServiceRequest;
  readonly request: CreateRequest;
  readonly cluster: Cluster;
  /** Absent for EXTERNAL. */
  readonly definition: TaskDefinition | undefined;
  readonly compute: Compute;
  readonly createdBy: string;
  readonly now: number;
}

/** The row, ACTIVE and without a deployment yet; throws InvalidParameterException for what ECS refuses. */
export function newService(asked: NewService): Unversioned<Service> {
  const { cluster, request, createdBy, now } = asked;
  const settings = checkedSettings(asked);
  const { clientToken: _token, ...identity } = request;
  const compared = { ...identity, ...settings, taskDefinition: asked.definition?.arn };
  return {
    ...request,
    ...settings,
    accountId: cluster.accountId,
    region: cluster.region,
    arn: serviceArn(cluster, cluster.name, request.name),
    clusterArn: cluster.arn,
    clusterName: cluster.name,
    status: 'ACTIVE',
    lastDeploymentNumber: 0,
    requestDigest: requestDigest(compared),
    createdBy,
    createdAt: now,
  };
}

function checkedSettings({ input, request, definition, compute }: NewService) {
  const { schedulingStrategy } = request;
  if (schedulingStrategy === 'DAEMON' && compute.capacityProviderStrategy.length > 0) {
    throw invalidParameter(
      'Specifying a capacity provider strategy is not supported when you create a service using the DAEMON scheduling strategy.',
    );
  }
  const deploymentConfiguration = checkedDeploymentConfiguration(
    input.deploymentConfiguration ?? {},
    request,
  );
  const facts = {
    ...compute,
    ...request,
    deploymentConfiguration,
    placementConstraints: checkedConstraints(
      input.placementConstraints ?? [],
      definition?.placementConstraints.length ?? 0,
    ),
    placementStrategy: checkedPlacementStrategy(input.placementStrategy ?? [], schedulingStrategy),
  };
  return {
    ...compute,
    deploymentConfiguration,
    placementConstraints: facts.placementConstraints,
    placementStrategy: facts.placementStrategy,
    availabilityZoneRebalancing: newZoneRebalancing(input.availabilityZoneRebalancing, facts),
    healthCheckGracePeriodSeconds: checkedGracePeriod(input.healthCheckGracePeriodSeconds ?? 0),
    enableECSManagedTags: input.enableECSManagedTags ?? false,
    propagateTags: input.propagateTags ?? 'NONE',
    tags: userTags(input.tags),
  } as const;
}
