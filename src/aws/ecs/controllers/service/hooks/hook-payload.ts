// What a hook is told about the deployment that waits for it.
import type {
  LifecycleHookState,
  ServiceDeployment,
} from '../../../state/service/deployment/service-deployment.ts';
import type { ReadTransaction } from '../../../../../store/store.ts';
import { sourceDeploymentOf } from '../../../state/service/deployment/source-deployment.ts';
import type { HookPayload } from './hook-caller.ts';

/** The payload of the hook's next call, the traffic as it is asked for by now. */
export function hookPayload(
  tx: ReadTransaction,
  record: ServiceDeployment,
  { id, stage, call }: LifecycleHookState,
): HookPayload {
  const target = record.targetRevisionArn;
  const source = sourceDeploymentOf(tx, record)?.revisionArn;
  const split = (weight: number): Record<string, number> => ({
    ...(source === undefined ? {} : { [source]: 100 - weight }),
    [target]: weight,
  });
  const { testWeight = 0, productionWeight = 0 } = record.staged ?? {};
  const executionDetails = {
    serviceArn: record.serviceArn,
    targetServiceRevisionArn: target,
    testTrafficWeights: testWeight > 0 ? split(testWeight) : {},
    productionTrafficWeights: split(productionWeight),
  };
  return {
    ...executionDetails,
    executionId: id,
    lifecycleStage: stage,
    resourceArn: record.arn,
    executionDetails,
    ...(call?.hookDetails === undefined ? {} : { hookDetails: call.hookDetails }),
  };
}
