import { capacityProviderArn } from '../arn.ts';
import type { Cluster } from './cluster.ts';
import { indexOn } from '../../../../store/index-on.ts';
import { defineTable } from '../../../../store/table.ts';

const on = indexOn<Cluster>();

export const clusters = defineTable<Cluster>()({
  name: 'clusters',
  durable: true,
  key: (cluster) => cluster.arn,
  indexes: {
    scope: on('accountId', 'region'),
    activeInScope: on('accountId', 'region').where(({ status }) => status === 'ACTIVE'),
    /** By each capacity provider that is associated with it. */
    capacityProvider: on.each(['capacityProviderArn'], (cluster) =>
      (cluster.capacityProviders ?? []).map((name) => ({
        capacityProviderArn: capacityProviderArn(cluster, name),
      })),
    ),
  },
  tallies: {},
});
