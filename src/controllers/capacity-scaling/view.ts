// What scaling looks at: a capacity provider with managed scaling, as it is in one of its clusters.
import { capacityProviderArn } from '../../model/arn.ts';
import {
  autoScalingGroupName,
  isAssociated,
  isScaled,
  type AutoScalingGroupProvider,
} from '../../model/capacity-provider.ts';
import { parseProviderKey } from '../../model/capacity-scaling.ts';
import type { Cluster } from '../../model/cluster.ts';
import type { ContainerInstance } from '../../model/container-instance.ts';
import { instancesOf } from '../../store/queries/capacity-provider-of.ts';
import { instanceLoad } from '../../store/queries/instance-load.ts';
import type { ReadTransaction } from '../../store/store.ts';
import { capacityProviders } from '../../store/tables/capacity-providers.ts';
import { capacityExpectations, capacityReservations } from '../../store/tables/capacity-scaling.ts';
import { clusters } from '../../store/tables/clusters.ts';
import { services } from '../../store/tables/services.ts';
import { tasks } from '../../store/tables/tasks.ts';
import type { CapacityGroup } from './capacity-source.ts';
import type { ScalingView } from './reconcile.ts';

export interface ScaledProvider {
  readonly cluster: Cluster;
  readonly place: CapacityGroup;
  readonly view: ScalingView;
}

/** Undefined where there is no such provider, or nothing of it is to be scaled. */
export function scaledProvider(tx: ReadTransaction, key: string): ScaledProvider | undefined {
  const { clusterArn, capacityProviderName: name } = parseProviderKey(key);
  const cluster = tx.table(clusters).get(clusterArn);
  const provider = cluster && tx.table(capacityProviders).get(capacityProviderArn(cluster, name));
  if (!cluster || !provider || provider.status !== 'ACTIVE') return undefined;
  if (!isAssociated(cluster, provider) || !isScaled(provider)) return undefined;
  const group: AutoScalingGroupProvider = provider.autoScalingGroupProvider!;
  const of = (status: ContainerInstance['status']) => [...instancesOf(tx, clusterArn, provider, status)];
  return {
    cluster,
    place: {
      group: autoScalingGroupName(group.autoScalingGroupArn),
      capacityProvider: name,
      cluster: cluster.name,
      region: cluster.region,
    },
    view: {
      group,
      registered: [...of('ACTIVE'), ...of('DRAINING')].map((instance) => ({
        load: instanceLoad(tx, instance),
        isOccupied: isOccupied(tx, instance),
      })),
      gone: of('INACTIVE'),
      waiting: [...tx.table(tasks).by('capacityProviderWaiting', key)],
      expected: tx.table(capacityExpectations).get(key)?.expected ?? [],
      last: tx.table(capacityReservations).get(key),
    },
  };
}

/** Daemons keep no instance: they run wherever there is one; nor does a task that was given up. */
function isOccupied(tx: ReadTransaction, { arn }: ContainerInstance): boolean {
  for (const { serviceArn, givenUpAt } of tx.table(tasks).by('instanceLive', arn)) {
    if (givenUpAt !== undefined) continue;
    const service = serviceArn === undefined ? undefined : tx.table(services).get(serviceArn);
    if (service?.schedulingStrategy !== 'DAEMON') return true;
  }
  return false;
}
