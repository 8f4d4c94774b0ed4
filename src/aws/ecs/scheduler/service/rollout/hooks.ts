// The hooks of a stage: how they come up, and what becomes of them by themselves, by an action or by their time limit. Pure.
import type { DeploymentLifecycleHook } from '../../../state/service/deployment-configuration.ts';
import type {
  LifecycleHookState,
  LifecycleStage,
} from '../../../state/service/deployment/service-deployment.ts';

const minute = 60_000;
/** ECS's, in minutes. */
const defaultTimeout = 1440;

/** The hooks that are set for the stage, as they are when it begins; `now` is epoch ms. */
export const hooksOf = (
  configured: readonly DeploymentLifecycleHook[],
  stage: LifecycleStage,
  now: number,
  newId: () => string,
): readonly LifecycleHookState[] =>
  configured
    .filter(({ lifecycleStages }) => (lifecycleStages as readonly string[] | undefined)?.includes(stage))
    .map((hook) => newHook(hook, stage, now, newId()));

function newHook(
  hook: DeploymentLifecycleHook,
  stage: LifecycleStage,
  now: number,
  id: string,
): LifecycleHookState {
  const { timeoutInMinutes = defaultTimeout, action = 'ROLLBACK' } = hook.timeoutConfiguration ?? {};
  const limit = { expiresAt: now + timeoutInMinutes * minute, timeoutAction: action };
  if (hook.targetType === 'PAUSE')
    return { id, targetType: 'PAUSE', stage, status: 'AWAITING_ACTION', ...limit };
  const { hookTargetArn: targetArn, hookDetails } = hook;
  const call = { number: 1, at: now, failures: 0, ...(hookDetails === undefined ? {} : { hookDetails }) };
  return { id, targetType: 'AWS_LAMBDA', targetArn, stage, status: 'IN_PROGRESS', ...limit, call };
}

/** Whether it is still waited for. */
export const isOpen = ({ status }: LifecycleHookState): boolean =>
  status === 'AWAITING_ACTION' || status === 'IN_PROGRESS';

/** The hook after what it was told, or after its time limit; the very same one where neither is. */
export function expiredHook(hook: LifecycleHookState, now: number): LifecycleHookState {
  if (!isOpen(hook)) return hook;
  if (hook.action === 'CONTINUE') return { ...hook, status: 'SUCCEEDED' };
  if (hook.action === 'ROLLBACK')
    return { ...hook, status: 'FAILED', reason: 'ContinueServiceDeployment asked for a rollback' };
  if (hook.expiresAt === undefined || hook.expiresAt > now) return hook;
  return { ...hook, status: 'TIMED_OUT', call: undefined };
}

/** Why the deployment must go back because of this hook; undefined where it must not. */
export function objectionOf(hook: LifecycleHookState): string | undefined {
  const name = hook.targetType === 'PAUSE' ? `PAUSE hook ${hook.id}` : `hook ${hook.targetArn}`;
  if (hook.status === 'FAILED') return `the lifecycle ${name} failed at ${hook.stage}: ${hook.reason}`;
  if (hook.status === 'TIMED_OUT' && hook.timeoutAction === 'ROLLBACK')
    return `the lifecycle ${name} timed out at ${hook.stage}`;
  return undefined;
}
