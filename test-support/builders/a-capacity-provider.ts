// Capacity providers for tests: a whole one, of which a test names only what it is about.
import { capacityProviderArn } from '../../src/aws/ecs/state/arn.ts';
import type {
  AutoScalingGroupProvider,
  CapacityProvider,
} from '../../src/aws/ecs/state/capacity/capacity-provider.ts';
import { aScope } from './a-scope.ts';

/** An ACTIVE provider over a group of its own, neither scaled nor drained; its ARN follows its name. */
export function aCapacityProvider(
  fields: Partial<CapacityProvider> = {},
  group: Partial<AutoScalingGroupProvider> = {},
): CapacityProvider {
  const name = fields.name ?? 'p';
  return {
    ...aScope,
    version: 1,
    arn: capacityProviderArn(aScope, name),
    name,
    status: 'ACTIVE',
    autoScalingGroupProvider: {
      autoScalingGroupArn: name,
      managedScaling: {
        status: 'DISABLED',
        targetCapacity: 100,
        minimumScalingStepSize: 1,
        maximumScalingStepSize: 10_000,
        instanceWarmupPeriod: 300,
      },
      managedTerminationProtection: 'DISABLED',
      managedDraining: 'DISABLED',
      ...group,
    },
    tags: [],
    ...fields,
  };
}
