import type * as ecs from '../../shapes.generated.ts';
import type { DeploymentLifecycleHook } from '../../state/service/deployment-configuration.ts';
import { isPage, lambdaFunction } from '../../state/service/deployment/hook-target.ts';
import type { Ecs } from '../../ecs.ts';
import { invalidParameter } from '../../errors.ts';
import type { UsedFeatures } from '../task-definition/undeliverable.ts';

const roleArn = /^arn:[a-z-]+:iam::[0-9]{12}:role\/.+$/;
/** Stages in which traffic moves: a deployment cannot stand still there. */
const movingStages = new Set(['TEST_TRAFFIC_SHIFT', 'PRODUCTION_TRAFFIC_SHIFT']);

/** The hooks, with the defaults of their time limits. Throws InvalidParameterException for what ECS refuses. */
export const checkedLifecycleHooks = (
  input: readonly ecs.DeploymentLifecycleHook[],
): DeploymentLifecycleHook[] => input.map(checkedHook);

function checkedHook(hook: ecs.DeploymentLifecycleHook): DeploymentLifecycleHook {
  const { lifecycleStages } = hook;
  if (!lifecycleStages?.length) {
    throw invalidParameter('lifecycleHooks.lifecycleStages cannot be null or empty.');
  }
  const { timeoutInMinutes = 1440, action = 'ROLLBACK' } = hook.timeoutConfiguration ?? {};
  if (timeoutInMinutes < 1 || timeoutInMinutes > 20_160) {
    throw invalidParameter('timeoutConfiguration.timeoutInMinutes should be between 1 and 20160.');
  }
  const timeoutConfiguration = { timeoutInMinutes, action };
  if (hook.targetType === 'PAUSE') {
    refuseInPause(hook);
    return { targetType: 'PAUSE', lifecycleStages, timeoutConfiguration };
  }
  refuseTarget(hook);
  return { ...hook, targetType: 'AWS_LAMBDA', timeoutConfiguration };
}

/** A page is ours: ECS knows functions alone. No role is needed to call one. */
function refuseTarget(hook: ecs.DeploymentLifecycleHook): void {
  const target = hook.hookTargetArn ?? '';
  if (!lambdaFunction(target) && !isPage(target)) {
    throw invalidParameter('lifecycleHooks.hookTargetArn should be the ARN of a Lambda function.');
  }
  if (isPage(target) && hook.roleArn === undefined) return;
  if (!roleArn.test(hook.roleArn ?? '')) {
    throw invalidParameter('lifecycleHooks.roleArn should be the ARN of an IAM role.');
  }
}

function refuseInPause(hook: ecs.DeploymentLifecycleHook): void {
  const moving = hook.lifecycleStages?.find((stage) => movingStages.has(stage));
  if (moving !== undefined) {
    throw invalidParameter(`PAUSE lifecycle hooks are not supported at the stage ${moving}.`);
  }
  const extra = (['hookTargetArn', 'roleArn', 'hookDetails'] as const).find(
    (member) => hook[member] !== undefined,
  );
  if (extra !== undefined) throw invalidParameter(`${extra} is not supported for PAUSE lifecycle hooks.`);
}

/** Hooks that this server cannot call, each with the setting that lets it. */
export const uncallableHooks = (
  hookRefusal: Ecs['hookRefusal'],
  hooks: readonly ecs.DeploymentLifecycleHook[] = [],
): UsedFeatures =>
  Object.fromEntries(
    hooks.flatMap(({ hookTargetArn: target }) => {
      const refusal = target === undefined ? undefined : hookRefusal(target);
      return refusal === undefined ? [] : [[`the lifecycle hook ${target} (${refusal})`, true]];
    }),
  );
