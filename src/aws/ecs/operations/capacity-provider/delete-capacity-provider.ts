// DeleteCapacityProvider: a provider that no cluster has becomes INACTIVE; one that a cluster has says why it stays.
import { capacityProviders } from '../../state/capacity/capacity-providers.ts';
import { clustersOf } from './association.ts';
import { ownCapacityProvider } from './reference.ts';
import type { EcsOperation } from '../../ecs.ts';
import { presentCapacityProvider, presentChanging } from '../../present/capacity-provider.ts';

export const deleteCapacityProvider: EcsOperation<'DeleteCapacityProvider'> = (ecs, input, call) =>
  ecs.store.update((tx) => {
    const provider = ownCapacityProvider(tx, call, input.capacityProvider ?? '', input.cluster);
    const table = tx.table(capacityProviders);
    const [cluster] = clustersOf(tx, provider);
    if (cluster) {
      const updateStatusReason = `The capacity provider cannot be deleted because it is associated with cluster: ${cluster.name}. Remove the capacity provider from the cluster and try again.`;
      const kept = table.put({ ...provider, updateStatus: 'DELETE_FAILED', updateStatusReason });
      return { capacityProvider: presentCapacityProvider(kept, true) };
    }
    table.put({
      ...provider,
      status: 'INACTIVE',
      updateStatus: 'DELETE_COMPLETE',
      updateStatusReason: undefined,
    });
    return { capacityProvider: presentChanging(provider, 'DELETE_IN_PROGRESS') };
  });
