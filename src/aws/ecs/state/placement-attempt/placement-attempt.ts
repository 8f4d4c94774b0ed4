// An attempt to place tasks that did not find a place for all of them, and what each instance said. Of this process only.
import type { TaskResources } from '../../../../agent-protocol/resources.ts';
import type { Scope } from '../../../shared/scope.ts';
import type { VerdictGroup } from './verdict-group.ts';
import type { PlacementConstraint } from '../task-definition/placement-rules.ts';

export interface PlacementAttempt extends Scope {
  readonly version: number;
  /** 32 hex digits. */
  readonly id: string;
  readonly clusterArn: string;
  /** Grows with each attempt in the cluster. */
  readonly number: number;
  /** Who wanted the tasks. */
  readonly by: 'RunTask' | 'StartTask' | 'service';
  readonly taskDefinitionArn: string;
  /** The task group: `family:web`, `service:web`. */
  readonly group: string;
  readonly serviceArn?: string | undefined;
  readonly resources: TaskResources;
  /** What only the call said; absent where it said nothing of the kind. */
  readonly placementConstraints?: readonly PlacementConstraint[] | undefined;
  readonly capacityProviders?: readonly string[] | undefined;
  readonly launchType?: 'EXTERNAL' | undefined;
  /** Tasks that were wanted, and those that found a place. */
  readonly wanted: number;
  readonly placed: number;
  readonly verdicts: readonly VerdictGroup[];
  /** How often the same was tried in vain, of services, which try again. */
  readonly times: number;
  /** Epoch ms, of the latest time. */
  readonly at: number;
}

/** How many attempts a cluster keeps. */
export const keptAttempts = 200;
