// Where a service's or task set's tasks run: a launch type or a capacity provider strategy.
import type { Cluster } from '../../state/cluster/cluster.ts';
import type { Workload } from '../../state/service/deployment/service-revision.ts';
import type { ReadTransaction } from '../../../../store/store.ts';
import { strategyToUse } from '../capacity-provider/strategy.ts';
import type { GivenCompute } from '../task/compute.ts';

export type Compute = Pick<Workload, 'launchType' | 'capacityProviderStrategy'>;

/**
 * What is asked for, else the cluster's default strategy, else `usual`. Throws InvalidParameterException for a
 * strategy that cannot run in the cluster. What nothing here offers is refused by `computeFeatures`.
 */
export function newCompute(
  tx: ReadTransaction,
  cluster: Cluster,
  given: GivenCompute,
  usual: Compute['launchType'] = 'EC2',
): Compute {
  if (given.launchType) return taskSetCompute(given);
  const strategy = strategyToUse(tx, cluster, given.capacityProviderStrategy) ?? [];
  return { launchType: usual, capacityProviderStrategy: strategy };
}

/** What task sets get that name neither, and whose cluster has no default strategy. */
export const taskSetCompute = ({ launchType }: GivenCompute): Compute => ({
  launchType: launchType === 'EXTERNAL' ? launchType : 'EC2',
  capacityProviderStrategy: [],
});
