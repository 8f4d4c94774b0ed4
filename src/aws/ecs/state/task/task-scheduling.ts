// What the scheduler keeps of a task for itself: no answer of ECS, and none of Longshore, shows it.
import type { Attribute } from '../../../../agent-protocol/attribute.ts';
import type { PlacementConstraint, PlacementStrategy } from '../task-definition/placement-rules.ts';

/** By what rules a task that waits for capacity is to be placed: its definition's and its call's together. */
export interface ProvisioningRequest {
  readonly requiresAttributes: readonly Attribute[];
  readonly constraints: readonly PlacementConstraint[];
  readonly strategies: readonly PlacementStrategy[];
}

export interface TaskScheduling {
  /** There while it waits for capacity: what it needs of an instance beside its resources. */
  readonly provisioningRequest?: ProvisioningRequest | undefined;
  /** Those of the call that started it, beside its definition's; there only where the call had some. */
  readonly placementConstraints?: readonly PlacementConstraint[] | undefined;
  /** Its service has taken note of how it ended. */
  readonly countedByService?: boolean | undefined;
  /** Epoch ms when its service ceased to wait for it: it was told to stop, on a host that is lost. Its agent may still come back. */
  readonly abandonedAt?: number | undefined;
  /** Its service is to start another in its place first, and then to stop it. */
  readonly replaceAsked?: boolean | undefined;
}

interface Scheduled {
  readonly scheduling?: TaskScheduling | undefined;
}

/** The task with these members of its `scheduling`, and the others as they were. */
export const withScheduling = <T extends Scheduled>(task: T, members: TaskScheduling): T => ({
  ...task,
  scheduling: { ...task.scheduling, ...members },
});

/** What is left of a task's `scheduling` once it waits for capacity no longer; undefined where that is nothing. */
export function withoutProvisioning({ scheduling }: Scheduled): TaskScheduling | undefined {
  if (scheduling?.provisioningRequest === undefined) return scheduling;
  const { provisioningRequest: _, ...left } = scheduling;
  return Object.keys(left).length === 0 ? undefined : left;
}

/** Whether its service no longer waits for it, though it may still run. */
export const isAbandoned = ({ scheduling }: Scheduled): boolean => scheduling?.abandonedAt !== undefined;
