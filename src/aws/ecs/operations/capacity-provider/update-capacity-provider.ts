// UpdateCapacityProvider: changes how a provider's group is scaled, protected and drained; the group itself stays.
import { isScaled, type CapacityProvider } from '../../state/capacity/capacity-provider.ts';
import type { WriteTransaction } from '../../../../store/store.ts';
import { capacityProviders } from '../../state/capacity/capacity-providers.ts';
import { clusters } from '../../state/cluster/clusters.ts';
import { associatedProviders, clustersOf, refuseOtherCluster } from './association.ts';
import { changedAutoScalingGroupProvider } from './auto-scaling-group.ts';
import { ownCapacityProvider } from './reference.ts';
import { withAttachments } from './attachments.ts';
import type { Ecs, EcsOperation } from '../../ecs.ts';
import { capacityProviderNotFound, invalidParameter, unsupportedFeature } from '../../errors.ts';
import { presentChanging } from '../../present/capacity-provider.ts';

export const updateCapacityProvider: EcsOperation<'UpdateCapacityProvider'> = (ecs, input, call) => {
  const given = input.autoScalingGroupProvider;
  if (input.managedInstancesProvider) {
    throw unsupportedFeature('managedInstancesProvider (Amazon ECS Managed Instances)');
  }
  if (!given) throw invalidParameter('autoScalingGroupProvider must be specified.');
  return ecs.store.update((tx) => {
    const before = ownCapacityProvider(tx, call, input.name ?? '', input.cluster);
    if (!before.autoScalingGroupProvider) throw capacityProviderNotFound();
    const provider = tx.table(capacityProviders).put({
      ...before,
      autoScalingGroupProvider: changedAutoScalingGroupProvider(before.autoScalingGroupProvider, given),
      updateStatus: 'UPDATE_COMPLETE',
      updateStatusReason: undefined,
    });
    updateAttachments(ecs, tx, provider);
    return { capacityProvider: presentChanging(before, 'UPDATE_IN_PROGRESS') };
  });
};

function updateAttachments(ecs: Ecs, tx: WriteTransaction, provider: CapacityProvider): void {
  for (const cluster of [...clustersOf(tx, provider)]) {
    if (isScaled(provider)) refuseOtherCluster(tx, cluster.arn, provider);
    tx.table(clusters).put(withAttachments(ecs.random, cluster, cluster, associatedProviders(tx, cluster)));
  }
}
