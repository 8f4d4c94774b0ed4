// ContinueServiceDeployment: tells a deployment that waits at a PAUSE hook to go on or back.
import { goesForward } from '../../state/service/deployment/service-deployment.ts';
import { serviceDeployments } from '../../state/service/deployment/service-deployments.ts';
import type { EcsOperation } from '../../ecs.ts';
import { invalidParameter } from '../../errors.ts';
import { serviceDeploymentOf } from '../resolve/service-record.ts';

export const continueServiceDeployment: EcsOperation<'ContinueServiceDeployment'> = (
  ecs,
  { serviceDeploymentArn, hookId, action = 'CONTINUE' },
  call,
) =>
  ecs.store.update((tx) => {
    const deployment = serviceDeploymentOf(tx, call, serviceDeploymentArn ?? '');
    const hook = deployment.lifecycleHooks.find(({ id }) => id === hookId);
    if (!hook) throw invalidParameter(`The service deployment has no lifecycle hook ${hookId}.`);
    if (!goesForward(deployment) || hook.status !== 'AWAITING_ACTION' || hook.action !== undefined) {
      throw invalidParameter(`The lifecycle hook ${hookId} is not awaiting an action.`);
    }
    tx.table(serviceDeployments).put({
      ...deployment,
      lifecycleHooks: deployment.lifecycleHooks.map((one) => (one === hook ? { ...hook, action } : one)),
      updatedAt: call.now,
    });
    return { serviceDeploymentArn: deployment.arn };
  });
