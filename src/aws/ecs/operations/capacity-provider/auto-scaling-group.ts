// The rules of a capacity provider's Auto Scaling group: defaults, bounds, and what goes only together.
import type * as ecs from '../../shapes.generated.ts';
import type { AutoScalingGroupProvider, ManagedScaling } from '../../state/capacity/capacity-provider.ts';
import { clientException, invalidParameter } from '../../errors.ts';

const groupArn = /^arn:[a-z-]+:autoscaling:[^:]+:[^:]+:autoScalingGroup:[^:]+:autoScalingGroupName\/.+$/;

const usualScaling: ManagedScaling = {
  status: 'DISABLED',
  targetCapacity: 100,
  minimumScalingStepSize: 1,
  maximumScalingStepSize: 10_000,
  instanceWarmupPeriod: 300,
};

/** A new provider's group, completed; throws ClientException or InvalidParameterException for what ECS refuses. */
export function newAutoScalingGroupProvider(given: ecs.AutoScalingGroupProvider): AutoScalingGroupProvider {
  const autoScalingGroupArn = given.autoScalingGroupArn ?? '';
  const isArn = autoScalingGroupArn.startsWith('arn:');
  if (!autoScalingGroupArn || (isArn && !groupArn.test(autoScalingGroupArn))) {
    throw invalidParameter(
      'The specified Auto Scaling group ARN is invalid. Specify a valid Auto Scaling group name or ARN and try again.',
    );
  }
  return changedAutoScalingGroupProvider(
    {
      autoScalingGroupArn,
      managedScaling: usualScaling,
      managedTerminationProtection: 'DISABLED',
      managedDraining: 'ENABLED',
    },
    given,
  );
}

/** The group with what an update gives; what it leaves out stays. Throws like `newAutoScalingGroupProvider`. */
export function changedAutoScalingGroupProvider(
  current: AutoScalingGroupProvider,
  given: ecs.AutoScalingGroupProviderUpdate,
): AutoScalingGroupProvider {
  const managedScaling = changedScaling(current.managedScaling, given.managedScaling ?? {});
  const protection = given.managedTerminationProtection ?? current.managedTerminationProtection;
  if (protection === 'ENABLED' && managedScaling.status !== 'ENABLED') {
    throw clientException(
      'The managed termination protection setting for the capacity provider is invalid. To enable managed termination protection for a capacity provider, managed scaling must be enabled.',
    );
  }
  return {
    autoScalingGroupArn: current.autoScalingGroupArn,
    managedScaling,
    managedTerminationProtection: protection,
    managedDraining: given.managedDraining ?? current.managedDraining,
  };
}

function changedScaling(current: ManagedScaling, given: ecs.ManagedScaling): ManagedScaling {
  const scaling: ManagedScaling = {
    status: given.status ?? current.status,
    targetCapacity: given.targetCapacity ?? current.targetCapacity,
    minimumScalingStepSize: given.minimumScalingStepSize ?? current.minimumScalingStepSize,
    maximumScalingStepSize: given.maximumScalingStepSize ?? current.maximumScalingStepSize,
    instanceWarmupPeriod: given.instanceWarmupPeriod ?? current.instanceWarmupPeriod,
  };
  const { targetCapacity, minimumScalingStepSize: least, maximumScalingStepSize: most } = scaling;
  if (targetCapacity < 1 || targetCapacity > 100) {
    throw clientException(
      'The target capacity value is invalid. Specify a value between 1 and 100 and try again.',
    );
  }
  if (least < 1 || most > 10_000 || least > most) {
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
