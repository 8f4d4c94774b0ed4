// UpdateClusterSettings: UpdateCluster for the settings alone.
import { clusters } from '../../state/cluster/clusters.ts';
import { changedSettings } from './settings.ts';
import type { EcsOperation } from '../../ecs.ts';
import { presentChangedCluster } from '../../present/cluster.ts';
import { activeCluster } from '../resolve/cluster.ts';

export const updateClusterSettings: EcsOperation<'UpdateClusterSettings'> = (ecs, input, call) =>
  ecs.store.update((tx) => {
    const before = activeCluster(tx, call, input.cluster);
    const settings = changedSettings(before.settings, input.settings);
    const cluster = tx.table(clusters).put({ ...before, settings });
    return { cluster: presentChangedCluster(tx, cluster, before) };
  });
