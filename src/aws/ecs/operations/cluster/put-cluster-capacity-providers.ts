// PutClusterCapacityProviders: replaces a cluster's capacity providers and its default strategy, both as a whole.
import { clusters } from '../../state/cluster/clusters.ts';
import { providersToAssociate, refusePartingInUse } from '../capacity-provider/association.ts';
import { checkedDefaultStrategy } from '../capacity-provider/strategy.ts';
import { withAttachments } from '../capacity-provider/attachments.ts';
import type { EcsOperation } from '../../ecs.ts';
import { presentChangedCluster } from '../../present/cluster.ts';
import { activeCluster } from '../resolve/cluster.ts';

export const putClusterCapacityProviders: EcsOperation<'PutClusterCapacityProviders'> = (ecs, input, call) =>
  ecs.store.update((tx) => {
    const before = activeCluster(tx, call, input.cluster);
    const providers = providersToAssociate(tx, before, input.capacityProviders ?? []);
    const capacityProviders = providers.map((provider) => provider.name);
    const after = { ...before, capacityProviders };
    const defaultCapacityProviderStrategy = checkedDefaultStrategy(
      tx,
      after,
      input.defaultCapacityProviderStrategy ?? [],
    );
    refusePartingInUse(tx, before, capacityProviders);
    const cluster = tx
      .table(clusters)
      .put(withAttachments(ecs.random, before, { ...after, defaultCapacityProviderStrategy }, providers));
    return { cluster: presentChangedCluster(tx, cluster, before) };
  });
