// Where a service's or task set's tasks run: a launch type or a capacity provider strategy.
import type { Cluster } from '../../state/cluster/cluster.ts';
import type { Workload } from '../../state/service/deployment/service-revision.ts';
import type { ReadTransaction } from '../../../../store/store.ts';
import { strategyToUse } from '../capacity-provider/strategy.ts';
import type { ComputeInput } from '../task/compute.ts';

export type Compute = Pick<Workload, 'launchType' | 'capacityProviderStrategy'>;

/**
 * What is asked for, else the cluster's default strategy, else `defaultLaunchType`. Throws InvalidParameterException for a
 * strategy that cannot run in the cluster. What nothing here offers is refused by `computeFeatures`.
 */
export function newCompute(
  tx: ReadTransaction,
  cluster: Cluster,
  input: ComputeInput,
  defaultLaunchType: Compute['launchType'] = 'EC2',
): Compute {
  if (input.launchType) return taskSetCompute(input);
  const strategy = strategyToUse(tx, cluster, input.capacityProviderStrategy) ?? [];
  return { launchType: defaultLaunchType, capacityProviderStrategy: strategy };
}

/** What task sets get that name neither, and whose cluster has no default strategy. */
export const taskSetCompute = ({ launchType }: ComputeInput): Compute => ({
  launchType: launchType === 'EXTERNAL' ? launchType : 'EC2',
  capacityProviderStrategy: [],
});
