// A task set: the share of an EXTERNAL service's tasks that run one workload; the caller moves the shares.
import type { LaunchFailures } from '../deployment/launch-backoff.ts';
import type { Scope } from '../../../../shared/scope.ts';
import type { Workload } from '../deployment/service-revision.ts';
import type { Tag } from '../../../../shared/tag.ts';

export interface TaskSet extends Scope, Workload {
  readonly version: number;
  /** `ecs-svc/<19 digits>`; the startedBy of its tasks. */
  readonly id: string;
  readonly arn: string;
  readonly serviceArn: string;
  readonly clusterArn: string;
  /** PRIMARY serves production, at most one of a service; DRAINING ones are deleted and have tasks left. */
  readonly status: 'PRIMARY' | 'ACTIVE' | 'DRAINING';
  readonly externalId?: string | undefined;
  /** Per cent of the service's desiredCount, 0 to 100. */
  readonly scale: number;
  readonly stabilityStatus: 'STEADY_STATE' | 'STABILIZING';
  /** What the scheduler keeps of it for itself: ECS shows no failures of task sets. */
  readonly scheduling?: LaunchFailures | undefined;
  readonly tags: readonly Tag[];
  /** The CreateTaskSet call that made it. */
  readonly clientToken?: string | undefined;
  readonly requestDigest: string;
  /** Epoch ms, all of them. */
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly stabilityStatusAt: number;
}

/** How many tasks the set is to have: its share of `desiredCount`, rounded up. */
export const computedDesiredCount = (scale: number, desiredCount: number): number =>
  // 1.1 % of 5,000 is 55, though in binary it comes out as a hair more.
  Math.ceil(Number(((desiredCount * scale) / 100).toFixed(6)));
