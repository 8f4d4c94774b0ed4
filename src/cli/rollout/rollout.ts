// Where a service's rollout stands, from what the API describes, and what a command exits with. Pure.
import type { Service, ServiceDeployment } from '@aws-sdk/client-ecs';
import type { DeepReadonly, Wire } from '../../lib/json.ts';

/** As DescribeServices and DescribeServiceDeployments answer them: times in seconds since the epoch. */
export type DescribedService = DeepReadonly<Wire<Service>>;
export type DescribedRollout = DeepReadonly<Wire<ServiceDeployment>>;

export interface Snapshot {
  readonly service: DescribedService;
  /** The service deployment that is watched; absent of a service that has none. */
  readonly rollout?: DescribedRollout | undefined;
}

/** `gone`: the service was deleted. */
export type Outcome = 'succeeded' | 'failed' | 'rolledBack' | 'gone';

export const exitCodes = { succeeded: 0, failed: 1, gone: 1, rolledBack: 3, timeout: 4 } as const;

/**
 * How it ended; undefined while it goes on. Of a rollout that the command `began`, its success is enough; else the service
 * must be as it is wanted, too: its count may have changed since.
 */
export function outcomeOf({ service, rollout }: Snapshot, began: boolean): Outcome | undefined {
  if (service.status !== 'ACTIVE') return 'gone';
  switch (rollout?.status) {
    case 'STOPPED':
    case 'ROLLBACK_FAILED':
      return 'failed';
    case 'ROLLBACK_SUCCESSFUL':
      return 'rolledBack';
    case 'SUCCESSFUL':
      return began || isStable(service) ? 'succeeded' : undefined;
    case undefined:
      return isStable(service) ? 'succeeded' : undefined;
    default:
      return undefined;
  }
}

/** As ECS's waiter has it: one deployment, which has all of its tasks running; of task sets, all in their steady state. */
export function isStable(service: DescribedService): boolean {
  const { deployments = [], taskSets = [], runningCount, pendingCount, desiredCount } = service;
  if (taskSets.length > 0) return taskSets.every(({ stabilityStatus }) => stabilityStatus === 'STEADY_STATE');
  return deployments.length <= 1 && runningCount === desiredCount && pendingCount === 0;
}
