// The rules of a deployment's lifecycle hooks.
import type * as ecs from '@aws-sdk/client-ecs';
import type { DeploymentLifecycleHook } from '../../../model/deployment-configuration.ts';
import type { Input } from '../ecs.ts';
import { invalidParameter, unsupportedFeature } from '../errors.ts';

const lambdaArn = /^arn:[a-z-]+:lambda:[^:]+:[0-9]{12}:function:.+$/;
const roleArn = /^arn:[a-z-]+:iam::[0-9]{12}:role\/.+$/;
/** Stages in which traffic moves: a deployment cannot stand still there. */
const movingStages = new Set(['TEST_TRAFFIC_SHIFT', 'PRODUCTION_TRAFFIC_SHIFT']);

/**
 * The hooks, with the defaults of their time limits. Throws InvalidParameterException for what ECS refuses and
 * UnsupportedFeatureException for hooks that are Lambda functions.
 */
export const checkedLifecycleHooks = (
  given: Input<ecs.DeploymentLifecycleHook[]>,
): DeploymentLifecycleHook[] => given.map(checkedHook);

function checkedHook(hook: Input<ecs.DeploymentLifecycleHook>): DeploymentLifecycleHook {
  if (!hook.lifecycleStages?.length) {
    throw invalidParameter('lifecycleHooks.lifecycleStages cannot be null or empty.');
  }
  const { timeoutInMinutes = 1440, action = 'ROLLBACK' } = hook.timeoutConfiguration ?? {};
  if (timeoutInMinutes < 1 || timeoutInMinutes > 20_160) {
    throw invalidParameter('timeoutConfiguration.timeoutInMinutes should be between 1 and 20160.');
  }
  if (hook.targetType !== 'PAUSE') throw refusedLambda(hook);
  refuseInPause(hook);
  return {
    targetType: 'PAUSE',
    lifecycleStages: hook.lifecycleStages,
    timeoutConfiguration: { timeoutInMinutes, action },
  };
}

function refusedLambda(hook: Input<ecs.DeploymentLifecycleHook>): Error {
  if (!lambdaArn.test(hook.hookTargetArn ?? '')) {
    return invalidParameter('lifecycleHooks.hookTargetArn should be the ARN of a Lambda function.');
  }
  if (!roleArn.test(hook.roleArn ?? '')) {
    return invalidParameter('lifecycleHooks.roleArn should be the ARN of an IAM role.');
  }
  return unsupportedFeature('lifecycle hooks that are Lambda functions');
}

function refuseInPause(hook: Input<ecs.DeploymentLifecycleHook>): void {
  const moving = hook.lifecycleStages?.find((stage) => movingStages.has(stage));
  if (moving !== undefined) {
    throw invalidParameter(`PAUSE lifecycle hooks are not supported at the stage ${moving}.`);
  }
  const extra = (['hookTargetArn', 'roleArn', 'hookDetails'] as const).find(
    (member) => hook[member] !== undefined,
  );
  if (extra !== undefined) throw invalidParameter(`${extra} is not supported for PAUSE lifecycle hooks.`);
}
