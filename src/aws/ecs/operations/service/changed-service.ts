// A service's row with what an UpdateService gives; what it leaves out stays as it is, and an empty list clears.
import type * as ecs from '../../shapes.generated.ts';
import type { CapacityProviderStrategyItem } from '../../state/capacity/capacity-provider.ts';
import type { Cluster } from '../../state/cluster/cluster.ts';
import type { Service } from '../../state/service/service.ts';
import type { ReadTransaction } from '../../../../store/store.ts';
import { checkedStrategy } from '../capacity-provider/strategy.ts';
import { invalidParameter } from '../../errors.ts';
import { requestDigest } from '../task/idempotency.ts';
import { checkedDeploymentConfiguration } from './deployment-configuration.ts';
import { checkedDesiredCount } from './desired-count.ts';
import { checkedGracePeriod } from './grace-period.ts';
import { checkedConstraints, checkedPlacementStrategy } from './placement.ts';
import { checkedZoneRebalancing } from './zone-rebalancing.ts';

type UpdateInput = ecs.UpdateServiceRequest;

/**
 * The changed row; `definitionConstraints` is how many constraints the task definition has. Throws
 * InvalidParameterException for what ECS refuses.
 */
export function changedService(
  tx: ReadTransaction,
  cluster: Cluster,
  service: Service,
  input: UpdateInput,
  definitionConstraints: number,
): Service {
  const changed: Service = {
    ...service,
    ...changedCounts(input, service),
    capacityProviderStrategy: changedStrategy(tx, cluster, service, input),
    ...changedPlacement(input, service, definitionConstraints),
    deploymentConfiguration: input.deploymentConfiguration
      ? checkedDeploymentConfiguration(
          input.deploymentConfiguration,
          service,
          service.deploymentConfiguration,
        )
      : service.deploymentConfiguration,
    enableECSManagedTags: input.enableECSManagedTags ?? service.enableECSManagedTags,
    propagateTags: input.propagateTags ?? service.propagateTags,
  };
  const zones = input.availabilityZoneRebalancing ?? service.availabilityZoneRebalancing;
  return { ...changed, availabilityZoneRebalancing: checkedZoneRebalancing(zones, changed) };
}

const changedCounts = (
  input: UpdateInput,
  service: Service,
): Pick<Service, 'desiredCount' | 'healthCheckGracePeriodSeconds'> => ({
  desiredCount:
    input.desiredCount === undefined
      ? service.desiredCount
      : checkedDesiredCount(input.desiredCount, service.schedulingStrategy),
  healthCheckGracePeriodSeconds: checkedGracePeriod(
    input.healthCheckGracePeriodSeconds ?? service.healthCheckGracePeriodSeconds,
  ),
});

const changedPlacement = (
  input: UpdateInput,
  service: Service,
  definitionConstraints: number,
): Pick<Service, 'placementConstraints' | 'placementStrategy'> => ({
  placementConstraints: checkedConstraints(
    input.placementConstraints ?? service.placementConstraints,
    definitionConstraints,
  ),
  placementStrategy: input.placementStrategy
    ? checkedPlacementStrategy(input.placementStrategy, service.schedulingStrategy)
    : service.placementStrategy,
});

/** ECS moves running tasks to another strategy only in a new deployment, and wants that said. */
function changedStrategy(
  tx: ReadTransaction,
  cluster: Cluster,
  service: Service,
  { capacityProviderStrategy: input, forceNewDeployment }: UpdateInput,
): readonly CapacityProviderStrategyItem[] {
  const current = service.capacityProviderStrategy;
  if (input === undefined) return current;
  if (input.length > 0 && service.schedulingStrategy === 'DAEMON') {
    throw invalidParameter(
      'Specifying a capacity provider strategy is not supported when you update a service using the DAEMON scheduling strategy.',
    );
  }
  const asked = input.length === 0 ? [] : checkedStrategy(tx, cluster, input);
  if (requestDigest(asked) !== requestDigest(current) && !forceNewDeployment) {
    throw invalidParameter(
      'When switching from launch type to capacity provider strategy on an existing service, or making a change to a capacity provider strategy on a service that is already using one, you must force a new deployment.',
    );
  }
  return asked;
}
