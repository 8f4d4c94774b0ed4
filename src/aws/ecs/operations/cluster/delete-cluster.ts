// DeleteCluster: an empty cluster becomes INACTIVE and gives up its capacity providers; it stays describable.
import type { Cluster } from '../../state/cluster/cluster.ts';
import { forgetFailures } from '../../state/task/record-task-failure.ts';
import type { ReadTransaction } from '../../../../store/store.ts';
import { capacityProviders } from '../../state/capacity/capacity-providers.ts';
import { clusters } from '../../state/cluster/clusters.ts';
import { containerInstances } from '../../state/instance/container-instances.ts';
import { services } from '../../state/service/services.ts';
import { tasks } from '../../state/task/tasks.ts';
import type { EcsOperation } from '../../ecs.ts';
import {
  clusterContainsCapacityProvider,
  clusterContainsContainerInstances,
  clusterContainsServices,
  clusterContainsTasks,
} from '../../errors.ts';
import { presentChangedCluster } from '../../present/cluster.ts';
import { activeCluster } from '../resolve/cluster.ts';

export const deleteCluster: EcsOperation<'DeleteCluster'> = (ecs, input, call) =>
  ecs.store.update((tx) => {
    const cluster = activeCluster(tx, call, input.cluster);
    refuseUnlessEmpty(tx, cluster);
    forgetFailures(tx, { ownerArn: cluster.arn });
    const deleted = tx.table(clusters).put({
      ...cluster,
      status: 'INACTIVE',
      capacityProviders: [],
      defaultCapacityProviderStrategy: [],
      serviceConnectDefaults: undefined,
      attachments: undefined,
    });
    return { cluster: presentChangedCluster(tx, deleted, deleted) };
  });

function refuseUnlessEmpty(tx: ReadTransaction, cluster: Cluster): void {
  const has = (table: typeof containerInstances | typeof services, status: 'ACTIVE' | 'DRAINING'): boolean =>
    tx.table(table).count('clusterStatus', { clusterArn: cluster.arn, status }) > 0;
  if (has(containerInstances, 'ACTIVE') || has(containerInstances, 'DRAINING'))
    throw clusterContainsContainerInstances();
  if (has(services, 'ACTIVE') || has(services, 'DRAINING')) throw clusterContainsServices();
  if (tx.table(capacityProviders).count('activeOfCluster', { clusterArn: cluster.arn }) > 0)
    throw clusterContainsCapacityProvider();
  if (tx.table(tasks).count('clusterLive', { clusterArn: cluster.arn }) > 0) throw clusterContainsTasks();
}
