// How many tasks of a capacity provider strategy go to which provider, and on which instances those may run: the same for
// RunTask and for plans.
import { capacityProviderArn } from '../../state/arn.ts';
import type {
  CapacityProvider,
  CapacityProviderStrategyItem,
} from '../../state/capacity/capacity-provider.ts';
import type { Cluster } from '../../state/cluster/cluster.ts';
import type { ContainerInstance } from '../../state/instance/container-instance.ts';
import { providerAllocation } from './provider-allocation.ts';
import type { ReadTransaction } from '../../../../store/store.ts';
import { capacityProviders } from '../../state/capacity/capacity-providers.ts';
import { instancesOf } from '../../state/instance/capacity-provider-of.ts';

export interface AllocatedInstances {
  readonly name: string;
  /** Undefined for a provider that is gone. */
  readonly provider: CapacityProvider | undefined;
  /** Tasks. */
  readonly count: number;
  /** The provider's ACTIVE instances in the cluster, in ARN order. */
  readonly instances: readonly ContainerInstance[];
}

/** The allocation of `count` further tasks; providers that get none are left out. `already` has the earlier tasks by provider. */
export const allocatedInstances = (
  tx: ReadTransaction,
  cluster: Pick<Cluster, 'accountId' | 'region' | 'arn'>,
  strategy: readonly CapacityProviderStrategyItem[],
  count: number,
  already?: ReadonlyMap<string, number>,
): readonly AllocatedInstances[] =>
  [...providerAllocation(count, strategy, already)].map(([name, allocation]) => {
    const provider = tx.table(capacityProviders).get(capacityProviderArn(cluster, name));
    const instances = provider ? [...instancesOf(tx, cluster.arn, provider, 'ACTIVE')] : [];
    return { name, provider, count: allocation, instances };
  });
