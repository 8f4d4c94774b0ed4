import type { Presented } from '../../shared/presented.ts';
import type * as ecs from '../shapes.generated.ts';
import { isBuiltIn, type CapacityProvider } from '../state/capacity/capacity-provider.ts';

/** The provider; tags only when asked for. */
export function presentCapacityProvider(
  provider: CapacityProvider,
  withTags: boolean,
): Presented<ecs.CapacityProvider> {
  const { autoScalingGroupProvider, updateStatus, updateStatusReason } = provider;
  return {
    capacityProviderArn: provider.arn,
    name: provider.name,
    status: provider.status,
    cluster: undefined,
    autoScalingGroupProvider,
    managedInstancesProvider: undefined,
    updateStatus,
    updateStatusReason,
    tags: withTags ? provider.tags : [],
    type: isBuiltIn(provider.name) ? provider.name : 'EC2_AUTOSCALING',
  };
}

/** The provider at the moment that a change was accepted: as it still is, with the change under way. */
export const presentChanging = (
  provider: CapacityProvider,
  updateStatus: 'UPDATE_IN_PROGRESS' | 'DELETE_IN_PROGRESS',
): Presented<ecs.CapacityProvider> => ({
  ...presentCapacityProvider(provider, true),
  updateStatus,
  updateStatusReason: undefined,
});
