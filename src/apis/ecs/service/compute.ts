// Where a service's or task set's tasks run: a launch type or a capacity provider strategy.
import type * as ecs from '@aws-sdk/client-ecs';
import { isBuiltIn, type CapacityProviderStrategyItem } from '../../../model/capacity-provider.ts';
import type { Cluster } from '../../../model/cluster.ts';
import type { Workload } from '../../../model/service-revision.ts';
import type { TaskDefinition } from '../../../model/task-definition.ts';
import type { ReadTransaction } from '../../../store/store.ts';
import { strategyToUse } from '../capacity-provider/strategy.ts';
import type { Input } from '../ecs.ts';
import { invalidParameter, unsupportedFeature } from '../errors.ts';

type Given = Input<
  Pick<ecs.CreateServiceRequest, 'launchType' | 'capacityProviderStrategy' | 'platformVersion'>
>;
export type Compute = Pick<Workload, 'launchType' | 'capacityProviderStrategy'>;

/** Throws for what no cluster and no definition could make right; the rest is for `newCompute`. */
export function refuseCompute(given: Given): void {
  if (given.launchType && given.capacityProviderStrategy?.length) {
    throw invalidParameter('Specify either Launch Type or Capacity Provider Strategy, but not both.');
  }
  if (given.launchType === 'FARGATE') throw unsupportedFeature('the FARGATE launch type');
  if (given.launchType === 'MANAGED_INSTANCES') throw unsupportedFeature('managed instances');
  refusePlatformVersion(given.platformVersion);
}

/** Only Fargate has platform versions. */
export function refusePlatformVersion(platformVersion: string | undefined): void {
  if (platformVersion)
    throw invalidParameter('The platform version must be null when specifying an EC2 launch type.');
}

/**
 * What is asked for, else the cluster's default strategy, else `usual`. Throws InvalidParameterException for a
 * strategy that cannot run in the cluster.
 */
export function newCompute(
  tx: ReadTransaction,
  cluster: Cluster,
  given: Given,
  usual: Compute['launchType'] = 'EC2',
): Compute {
  if (given.launchType === 'EC2' || given.launchType === 'EXTERNAL') {
    return { launchType: given.launchType, capacityProviderStrategy: [] };
  }
  const strategy = strategyToUse(tx, cluster, given.capacityProviderStrategy) ?? [];
  return { launchType: usual, capacityProviderStrategy: runnable(strategy) };
}

/** What task sets get that name neither, and whose cluster has no default strategy. */
export const taskSetCompute = ({ launchType }: Given): Compute => ({
  launchType: launchType === 'EXTERNAL' ? launchType : 'EC2',
  capacityProviderStrategy: [],
});

/** The strategy again; throws UnsupportedFeatureException when it is Fargate's. */
export function runnable(
  strategy: readonly CapacityProviderStrategyItem[],
): readonly CapacityProviderStrategyItem[] {
  if (strategy.some((item) => isBuiltIn(item.capacityProvider)))
    throw unsupportedFeature('the FARGATE and FARGATE_SPOT capacity providers');
  return strategy;
}

/** Throws InvalidParameterException when the definition is not for that launch type. */
export function refuseIncompatible(definition: TaskDefinition, { launchType }: Compute): void {
  if (definition.compatibilities.includes(launchType)) return;
  throw invalidParameter(`Task definition does not support launch_type ${launchType}.`);
}
