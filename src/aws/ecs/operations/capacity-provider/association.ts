// Which capacity providers a cluster may be associated with, and which it may be parted from.
import { isScaled, type CapacityProvider } from '../../state/capacity/capacity-provider.ts';
import type { Cluster } from '../../state/cluster/cluster.ts';
import type { Scope } from '../../../shared/scope.ts';
import type { ReadTransaction } from '../../../../store/store.ts';
import { clusters } from '../../state/cluster/clusters.ts';
import { services } from '../../state/service/services.ts';
import { taskSets } from '../../state/service/task-set/task-sets.ts';
import { tasks } from '../../state/task/tasks.ts';
import { invalidParameter, resourceInUse } from '../../errors.ts';
import { findCapacityProvider } from './reference.ts';
import { refuseInactive } from './strategy.ts';

const maxOfCluster = 20;

/**
 * The providers that a cluster is to have, each once, in the order given. Throws InvalidParameterException for more than
 * 20, and for one that does not exist, is not ACTIVE, or is scaled for another cluster.
 */
export function providersToAssociate(
  tx: ReadTransaction,
  cluster: Scope & { readonly arn: string },
  references: readonly string[],
): CapacityProvider[] {
  const providers = new Map<string, CapacityProvider>();
  for (const reference of references) {
    const provider = findCapacityProvider(tx, cluster, reference);
    if (!provider) {
      throw invalidParameter(
        'The specified capacity provider was not found. Specify a valid capacity provider and try again.',
      );
    }
    refuseInactive(provider);
    if (isScaled(provider)) refuseOtherCluster(tx, cluster.arn, provider);
    providers.set(provider.name, provider);
  }
  if (providers.size > maxOfCluster) {
    throw invalidParameter('The maximum number of capacity providers per cluster has been exceeded.');
  }
  return [...providers.values()];
}

/** A group is scaled by the need of one cluster: throws InvalidParameterException when another has the provider. */
export function refuseOtherCluster(
  tx: ReadTransaction,
  clusterArn: string,
  provider: CapacityProvider,
): void {
  for (const other of clustersOf(tx, provider)) {
    if (other.arn === clusterArn) continue;
    throw invalidParameter(
      `The capacity provider '${provider.name}' has managed scaling enabled and is already associated with the cluster ${other.name}. Specify a capacity provider that is not associated with another cluster and try again.`,
    );
  }
}

/** The clusters that a provider is associated with. */
export const clustersOf = (tx: ReadTransaction, provider: CapacityProvider): IterableIterator<Cluster> =>
  tx.table(clusters).by('capacityProvider', { capacityProviderArn: provider.arn });

/** Throws ResourceInUseException when a task, a service or a task set of the cluster still uses a provider that is not among `names`. */
export function refusePartingInUse(tx: ReadTransaction, cluster: Cluster, names: readonly string[]): void {
  const parting = cluster.capacityProviders?.filter((name) => !names.includes(name)) ?? [];
  if (parting.some((name) => isUsed(tx, cluster, name))) {
    throw resourceInUse('The specified capacity provider is in use and cannot be removed.');
  }
}

const isUsed = (tx: ReadTransaction, cluster: Cluster, name: string): boolean =>
  tx.table(tasks).count('capacityProviderLive', { clusterArn: cluster.arn, capacityProviderName: name }) >
    0 ||
  tx.table(services).count('capacityProvider', { clusterArn: cluster.arn, capacityProvider: name }) > 0 ||
  tx.table(taskSets).count('capacityProvider', { clusterArn: cluster.arn, capacityProvider: name }) > 0;

/** The providers behind a cluster's names. */
export const associatedProviders = (tx: ReadTransaction, cluster: Cluster): CapacityProvider[] =>
  (cluster.capacityProviders ?? []).flatMap((name) => findCapacityProvider(tx, cluster, name) ?? []);
