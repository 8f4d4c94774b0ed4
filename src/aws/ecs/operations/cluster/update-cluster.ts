// UpdateCluster: changes settings, configuration and the Service Connect default; what is left out stays.
import { clusters } from '../../state/cluster/clusters.ts';
import { associatedProviders } from '../capacity-provider/association.ts';
import { withAttachments } from '../capacity-provider/attachments.ts';
import { changedConfiguration } from './configuration.ts';
import { changedServiceConnectDefaults } from './service-connect-defaults.ts';
import { changedSettings } from './settings.ts';
import type { EcsOperation } from '../../ecs.ts';
import { presentChangedCluster } from '../../present/cluster.ts';
import { activeCluster } from '../resolve/cluster.ts';

export const updateCluster: EcsOperation<'UpdateCluster'> = (ecs, input, call) =>
  ecs.store.update((tx) => {
    const before = activeCluster(tx, call, input.cluster);
    const { serviceConnectDefaults } = before;
    const after = {
      ...before,
      settings: changedSettings(before.settings, input.settings),
      configuration: changedConfiguration(before.configuration, input.configuration),
      serviceConnectDefaults: changedServiceConnectDefaults(
        ecs,
        tx,
        call,
        serviceConnectDefaults,
        input.serviceConnectDefaults,
      ),
    };
    const cluster = tx
      .table(clusters)
      .put(withAttachments(ecs.random, before, after, associatedProviders(tx, before)));
    return { cluster: presentChangedCluster(tx, cluster, before) };
  });
