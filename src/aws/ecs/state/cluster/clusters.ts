// Clusters, by ARN.
import { capacityProviderArn } from '../arn.ts';
import type { Cluster } from './cluster.ts';
import { scopeKey } from '../../../shared/scope.ts';
import { defineTable } from '../../../../store/table.ts';

export const clusters = defineTable<Cluster>()({
  name: 'clusters',
  durable: true,
  key: (cluster) => cluster.arn,
  indexes: {
    scope: (cluster) => scopeKey(cluster),
    activeInScope: (cluster) => (cluster.status === 'ACTIVE' ? scopeKey(cluster) : undefined),
    /** By the ARN of each capacity provider that is associated with it. */
    capacityProvider: (cluster) =>
      cluster.capacityProviders?.map((name) => capacityProviderArn(cluster, name)),
  },
  tallies: {},
});
