// Capacity providers that somebody made, by ARN; the built-in ones have no row.
import { autoScalingGroupName, type CapacityProvider } from './capacity-provider.ts';
import { scopeKey, type Scope } from '../../../shared/scope.ts';
import { defineTable } from '../../../../store/table.ts';

export const autoScalingGroupKey = (scope: Scope, arnOrName: string): string =>
  `${scopeKey(scope)}/${autoScalingGroupName(arnOrName)}`;

export const capacityProviders = defineTable<CapacityProvider>()({
  name: 'capacity-providers',
  durable: true,
  key: (provider) => provider.arn,
  indexes: {
    activeInScope: (provider) => (provider.status === 'ACTIVE' ? scopeKey(provider) : undefined),
    activeOfCluster: (provider) => (provider.status === 'ACTIVE' ? provider.clusterArn : undefined),
    activeOfGroup: (provider) =>
      provider.status === 'ACTIVE' && provider.autoScalingGroupProvider
        ? autoScalingGroupKey(provider, provider.autoScalingGroupProvider.autoScalingGroupArn)
        : undefined,
  },
  tallies: {},
});
