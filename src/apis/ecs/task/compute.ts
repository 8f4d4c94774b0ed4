// Where tasks are asked to run, by launch type or by capacity providers, and whether Longshore can.
import type * as ecs from '@aws-sdk/client-ecs';
import { isBuiltIn, type CapacityProviderStrategyItem } from '../../../model/capacity-provider.ts';
import type { Cluster } from '../../../model/cluster.ts';
import type { TaskDefinition } from '../../../model/task-definition.ts';
import type { ReadTransaction } from '../../../store/store.ts';
import { strategyToUse } from '../capacity-provider/strategy.ts';
import type { Input } from '../ecs.ts';
import { invalidParameter, unsupportedFeature } from '../errors.ts';

type Strategy = readonly CapacityProviderStrategyItem[];

/** What RunTask, CreateService and CreateTaskSet have in common. */
export type GivenCompute = Input<
  Pick<ecs.RunTaskRequest, 'launchType' | 'capacityProviderStrategy' | 'platformVersion'>
>;

/** Throws for what no cluster and no definition could make right. */
export function refuseCompute(given: GivenCompute): void {
  if (given.launchType && given.capacityProviderStrategy?.length)
    throw invalidParameter('Specify either Launch Type or Capacity Provider Strategy, but not both.');
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
 * The strategy to run tasks by; undefined where the launch type decides, which goes before the cluster's default strategy.
 * Throws InvalidParameterException for a strategy that cannot run in the cluster, and UnsupportedFeatureException naming
 * a provider on Fargate.
 */
export function strategyOfRun(
  tx: ReadTransaction,
  cluster: Cluster,
  input: GivenCompute,
): Strategy | undefined {
  if (input.launchType) return undefined;
  const strategy = strategyToUse(tx, cluster, input.capacityProviderStrategy);
  return strategy && runnable(strategy);
}

/** The strategy again; throws UnsupportedFeatureException naming a provider on Fargate. */
export function runnable(strategy: Strategy): Strategy {
  const onFargate = strategy.find(({ capacityProvider }) => isBuiltIn(capacityProvider));
  if (onFargate) throw unsupportedFeature(`the ${onFargate.capacityProvider} capacity provider`);
  return strategy;
}

/** Throws InvalidParameterException when the definition is not for that launch type. */
export function refuseIncompatible(definition: TaskDefinition, launchType: string): void {
  if (!definition.compatibilities.includes(launchType))
    throw invalidParameter(`Task definition does not support launch_type ${launchType}.`);
}
