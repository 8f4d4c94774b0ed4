// Capacity providers that somebody made, by ARN; the built-in ones have no row.
import { autoScalingGroupName, type CapacityProvider } from './capacity-provider.ts';
import { indexOn } from '../../../../store/index-on.ts';
import { defineTable } from '../../../../store/table.ts';

const isActive = ({ status }: CapacityProvider): boolean => status === 'ACTIVE';

const on = indexOn<CapacityProvider>();

export const capacityProviders = defineTable<CapacityProvider>()({
  name: 'capacity-providers',
  durable: true,
  key: (provider) => provider.arn,
  indexes: {
    activeInScope: on('accountId', 'region').where(isActive),
    activeOfCluster: on('clusterArn').where(isActive),
    /** By the name of its Auto Scaling group. */
    activeOfGroup: on.each(['accountId', 'region', 'group'], (provider) => {
      const { accountId, region, autoScalingGroupProvider: of } = provider;
      if (!isActive(provider) || of === undefined) return [];
      return [{ accountId, region, group: autoScalingGroupName(of.autoScalingGroupArn) }];
    }),
  },
  tallies: {},
});
