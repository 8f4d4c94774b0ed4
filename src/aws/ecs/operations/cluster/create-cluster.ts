// CreateCluster: makes a cluster, or answers the ACTIVE one of that name; an INACTIVE name becomes a new cluster.
import type { CreateClusterRequest } from '../../shapes.generated.ts';
import { clusterArn } from '../../state/arn.ts';
import type { Cluster } from '../../state/cluster/cluster.ts';
import type { WriteTransaction } from '../../../../store/store.ts';
import type { Unversioned } from '../../../../store/table.ts';
import { clusters } from '../../state/cluster/clusters.ts';
import type { Call } from '../../../../wire/api.ts';
import { providersToAssociate } from '../capacity-provider/association.ts';
import { checkedDefaultStrategy } from '../capacity-provider/strategy.ts';
import { withAttachments } from '../capacity-provider/attachments.ts';
import { changedConfiguration } from './configuration.ts';
import { refuseDifferentProviders } from './same-providers.ts';
import { changedServiceConnectDefaults } from './service-connect-defaults.ts';
import { newSettings } from './settings.ts';
import type { Ecs, EcsOperation } from '../../ecs.ts';
import { invalidParameter } from '../../errors.ts';
import { presentChangedCluster } from '../../present/cluster.ts';
import { userTags } from '../tags.ts';

export const createCluster: EcsOperation<'CreateCluster'> = (ecs, input, call) => {
  const name = input.clusterName || 'default';
  if (!/^[A-Za-z0-9_-]{1,255}$/.test(name)) {
    throw invalidParameter('clusterName should have 1 to 255 letters, numbers, hyphens or underscores.');
  }
  const plain = {
    arn: clusterArn(call, name),
    accountId: call.accountId,
    region: call.region,
    name,
    status: 'ACTIVE',
    configuration: changedConfiguration(undefined, input.configuration),
    tags: userTags(input.tags),
  } as const;
  return ecs.store.update((tx) => {
    const settings = newSettings(tx, call, input.settings);
    const existing = tx.table(clusters).get(plain.arn);
    if (existing?.status === 'ACTIVE') {
      refuseDifferentProviders(existing, input);
      return { cluster: presentChangedCluster(tx, existing, existing) };
    }
    const cluster = tx.table(clusters).put(newCluster(ecs, tx, call, { ...plain, settings }, input));
    return { cluster: presentChangedCluster(tx, cluster) };
  });
};

function newCluster(
  ecs: Ecs,
  tx: WriteTransaction,
  call: Call,
  plain: Unversioned<Cluster>,
  input: CreateClusterRequest,
): Unversioned<Cluster> {
  const providers = providersToAssociate(tx, plain, input.capacityProviders ?? []);
  const strategy = input.defaultCapacityProviderStrategy ?? [];
  const associated = { ...plain, capacityProviders: providers.map((provider) => provider.name) };
  const cluster = {
    ...associated,
    defaultCapacityProviderStrategy: checkedDefaultStrategy(tx, associated, strategy),
    serviceConnectDefaults: changedServiceConnectDefaults(
      ecs,
      tx,
      call,
      undefined,
      input.serviceConnectDefaults,
    ),
  };
  return withAttachments(ecs.random, undefined, cluster, providers);
}
