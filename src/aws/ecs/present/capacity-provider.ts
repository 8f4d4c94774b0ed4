// A capacity provider as DescribeCapacityProviders shows it.
import type * as ecs from '@aws-sdk/client-ecs';
import { isBuiltIn, type CapacityProvider } from '../state/capacity/capacity-provider.ts';
import type { Input } from '../ecs.ts';

/** The provider; tags only when asked for. */
export function presentCapacityProvider(
  provider: CapacityProvider,
  withTags: boolean,
): Input<ecs.CapacityProvider> {
  const { autoScalingGroupProvider, updateStatus, updateStatusReason } = provider;
  return {
    capacityProviderArn: provider.arn,
    name: provider.name,
    status: provider.status,
    ...(autoScalingGroupProvider && { autoScalingGroupProvider }),
    ...(updateStatus && { updateStatus }),
    ...(updateStatusReason !== undefined && { updateStatusReason }),
    tags: withTags ? provider.tags : [],
    type: isBuiltIn(provider.name) ? provider.name : 'EC2_AUTOSCALING',
  };
}

/** The provider at the moment that a change was accepted: as it still is, with the change under way. */
export const presentChanging = (
  provider: CapacityProvider,
  updateStatus: 'UPDATE_IN_PROGRESS' | 'DELETE_IN_PROGRESS',
): Input<ecs.CapacityProvider> => {
  const { updateStatusReason: _earlier, ...shown } = presentCapacityProvider(provider, true);
  return { ...shown, updateStatus };
};
