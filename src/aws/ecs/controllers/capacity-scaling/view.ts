// What scaling looks at: a capacity provider with managed scaling, as it is in one of its clusters.
import { capacityProviderArn } from '../../state/arn.ts';
import {
  autoScalingGroupName,
  isAssociated,
  isScaled,
  type AutoScalingGroupProvider,
} from '../../state/capacity/capacity-provider.ts';
import { parseProviderKey } from '../../state/capacity/capacity-scaling.ts';
import type { Cluster } from '../../state/cluster/cluster.ts';
import type { ContainerInstance } from '../../state/instance/container-instance.ts';
import { instancesOf } from '../../state/instance/capacity-provider-of.ts';
import { instanceUsage } from '../../state/instance/usage-of-instance.ts';
import type { ReadTransaction } from '../../../../store/store.ts';
import { capacityProviders } from '../../state/capacity/capacity-providers.ts';
import { capacityExpectations, capacityReservations } from '../../state/capacity/capacity-scaling-table.ts';
import { clusters } from '../../state/cluster/clusters.ts';
import { services } from '../../state/service/services.ts';
import { isAbandoned } from '../../state/task/task-scheduling.ts';
import { tasks } from '../../state/task/tasks.ts';
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
        usage: instanceUsage(tx, instance),
        isOccupied: isOccupied(tx, instance),
      })),
      gone: of('INACTIVE'),
      waiting: [...tx.table(tasks).by('capacityProviderProvisioning', parseProviderKey(key))],
      expected: tx.table(capacityExpectations).get(key)?.expected ?? [],
      last: tx.table(capacityReservations).get(key),
    },
  };
}

/** Daemons keep no instance: they run wherever there is one; nor does an abandoned task. */
function isOccupied(tx: ReadTransaction, { arn }: ContainerInstance): boolean {
  for (const task of tx.table(tasks).by('instanceLive', { containerInstanceArn: arn })) {
    if (isAbandoned(task)) continue;
    const service = task.serviceArn === undefined ? undefined : tx.table(services).get(task.serviceArn);
    if (service?.schedulingStrategy !== 'DAEMON') return true;
  }
  return false;
}
