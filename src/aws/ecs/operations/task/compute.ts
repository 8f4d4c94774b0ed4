// Where tasks are asked to run, by launch type or by capacity providers, and whether Longshore can.
import type * as ecs from '../../shapes.generated.ts';
import { isBuiltIn, type CapacityProviderStrategyItem } from '../../state/capacity/capacity-provider.ts';
import type { Cluster } from '../../state/cluster/cluster.ts';
import type { TaskDefinition } from '../../state/task-definition/task-definition.ts';
import type { ReadTransaction } from '../../../../store/store.ts';
import { strategyToUse } from '../capacity-provider/strategy.ts';
import { invalidParameter } from '../../errors.ts';
import type { UsedFeatures } from '../task-definition/undeliverable.ts';

type Strategy = readonly CapacityProviderStrategyItem[];

/** What RunTask, CreateService and CreateTaskSet have in common. */
export type ComputeInput = Pick<
  ecs.RunTaskRequest,
  'launchType' | 'capacityProviderStrategy' | 'platformVersion'
>;

/** Throws InvalidParameterException for what no cluster and no definition could make right. */
export function refuseCompute(input: ComputeInput): void {
  if (input.launchType && input.capacityProviderStrategy?.length)
    throw invalidParameter('Specify either Launch Type or Capacity Provider Strategy, but not both.');
}

/** What of it nothing here can offer; `strategy` is the one to run tasks by. */
export function computeFeatures(
  { launchType }: Pick<ComputeInput, 'launchType'>,
  strategy: Strategy = [],
): UsedFeatures {
  const onFargate = strategy.filter(({ capacityProvider }) => isBuiltIn(capacityProvider));
  return {
    'the FARGATE launch type': launchType === 'FARGATE',
    'managed instances': launchType === 'MANAGED_INSTANCES',
    ...Object.fromEntries(
      onFargate.map(({ capacityProvider }) => [`the ${capacityProvider} capacity provider`, true]),
    ),
  };
}

/** Only Fargate has platform versions: throws InvalidParameterException once Fargate itself was refused. */
export function refusePlatformVersion(platformVersion: string | undefined): void {
  if (platformVersion)
    throw invalidParameter('The platform version must be null when specifying an EC2 launch type.');
}

/**
 * The strategy to run tasks by; undefined where the launch type decides, which goes before the cluster's default strategy.
 * Throws InvalidParameterException for a strategy that cannot run in the cluster.
 */
export const strategyOfRun = (
  tx: ReadTransaction,
  cluster: Cluster,
  input: ComputeInput,
): Strategy | undefined =>
  input.launchType ? undefined : strategyToUse(tx, cluster, input.capacityProviderStrategy);

/** Throws InvalidParameterException when the definition is not for that launch type. */
export function refuseIncompatible(definition: TaskDefinition, launchType: string): void {
  if (!definition.compatibilities.some((one) => one === launchType))
    throw invalidParameter(`Task definition does not support launch_type ${launchType}.`);
}
