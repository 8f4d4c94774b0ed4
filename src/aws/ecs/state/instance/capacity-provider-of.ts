// Which capacity provider a container instance belongs to, and which instances belong to one. It follows from the group.
import { autoScalingGroupName, isAssociated, type CapacityProvider } from '../capacity/capacity-provider.ts';
import type { ContainerInstance } from './container-instance.ts';
import { autoScalingGroupOf } from './instance-group.ts';
import type { ReadTransaction } from '../../../../store/store.ts';
import { capacityProviders } from '../capacity/capacity-providers.ts';
import { clusters } from '../cluster/clusters.ts';
import { containerInstances } from './container-instances.ts';

/** The ACTIVE provider of the instance's group, if the instance's cluster is associated with it. */
export function capacityProviderOf(
  tx: ReadTransaction,
  instance: ContainerInstance,
): CapacityProvider | undefined {
  const group = autoScalingGroupOf(instance);
  if (group === undefined) return undefined;
  const { accountId, region } = instance;
  const [provider] = tx.table(capacityProviders).by('activeOfGroup', { accountId, region, group });
  const cluster = tx.table(clusters).get(instance.clusterArn);
  return provider && cluster && isAssociated(cluster, provider) ? provider : undefined;
}

/** The instances of a cluster that are of the provider's group, in ARN order. */
export function instancesOf(
  tx: ReadTransaction,
  clusterArn: string,
  provider: CapacityProvider,
  status: ContainerInstance['status'],
): IterableIterator<ContainerInstance> {
  const group = autoScalingGroupName(provider.autoScalingGroupProvider?.autoScalingGroupArn ?? '');
  return tx.table(containerInstances).by('groupStatus', { clusterArn, group, status });
}
