// The rules of a capacity provider's Auto Scaling group: defaults, bounds, and what goes only together.
import type * as ecs from '../../shapes.generated.ts';
import type { AutoScalingGroupProvider, ManagedScaling } from '../../state/capacity/capacity-provider.ts';
import { clientException, invalidParameter } from '../../errors.ts';

const groupArn = /^arn:[a-z-]+:autoscaling:[^:]+:[^:]+:autoScalingGroup:[^:]+:autoScalingGroupName\/.+$/;

const defaultScaling: ManagedScaling = {
  status: 'DISABLED',
  targetCapacity: 100,
  minimumScalingStepSize: 1,
  maximumScalingStepSize: 10_000,
  instanceWarmupPeriod: 300,
};

/** A new provider's group, completed; throws ClientException or InvalidParameterException for what ECS refuses. */
export function newAutoScalingGroupProvider(input: ecs.AutoScalingGroupProvider): AutoScalingGroupProvider {
  const autoScalingGroupArn = input.autoScalingGroupArn ?? '';
  const isArn = autoScalingGroupArn.startsWith('arn:');
  if (!autoScalingGroupArn || (isArn && !groupArn.test(autoScalingGroupArn))) {
    throw invalidParameter(
      'The specified Auto Scaling group ARN is invalid. Specify a valid Auto Scaling group name or ARN and try again.',
    );
  }
  return changedAutoScalingGroupProvider(
    {
      autoScalingGroupArn,
      managedScaling: defaultScaling,
      managedTerminationProtection: 'DISABLED',
      managedDraining: 'ENABLED',
    },
    input,
  );
}

/** The group with what an update gives; what it leaves out stays. Throws like `newAutoScalingGroupProvider`. */
export function changedAutoScalingGroupProvider(
  current: AutoScalingGroupProvider,
  input: ecs.AutoScalingGroupProviderUpdate,
): AutoScalingGroupProvider {
  const managedScaling = changedScaling(current.managedScaling, input.managedScaling ?? {});
  const protection = input.managedTerminationProtection ?? current.managedTerminationProtection;
  if (protection === 'ENABLED' && managedScaling.status !== 'ENABLED') {
    throw clientException(
      'The managed termination protection setting for the capacity provider is invalid. To enable managed termination protection for a capacity provider, managed scaling must be enabled.',
    );
  }
  return {
    autoScalingGroupArn: current.autoScalingGroupArn,
    managedScaling,
    managedTerminationProtection: protection,
    managedDraining: input.managedDraining ?? current.managedDraining,
  };
}

function changedScaling(current: ManagedScaling, input: ecs.ManagedScaling): ManagedScaling {
  const scaling: ManagedScaling = {
    status: input.status ?? current.status,
    targetCapacity: input.targetCapacity ?? current.targetCapacity,
    minimumScalingStepSize: input.minimumScalingStepSize ?? current.minimumScalingStepSize,
    maximumScalingStepSize: input.maximumScalingStepSize ?? current.maximumScalingStepSize,
    instanceWarmupPeriod: input.instanceWarmupPeriod ?? current.instanceWarmupPeriod,
  };
  const { targetCapacity, minimumScalingStepSize: min, maximumScalingStepSize: max } = scaling;
  if (targetCapacity < 1 || targetCapacity > 100) {
    throw clientException(
      'The target capacity value is invalid. Specify a value between 1 and 100 and try again.',
    );
  }
  if (min < 1 || max > 10_000 || min > max) {
    throw clientException(
      'The minimum or maximum scaling step size value is invalid. Specify values between 1 and 10000, the minimum not above the maximum, and try again.',
    );
  }
  if (scaling.instanceWarmupPeriod < 0 || scaling.instanceWarmupPeriod > 10_000) {
    throw clientException(
      'The instance warmup period value is invalid. Specify a value between 0 and 10000 and try again.',
    );
  }
  return scaling;
}
