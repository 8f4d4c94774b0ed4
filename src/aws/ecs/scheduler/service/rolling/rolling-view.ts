// What the next moves of a REPLICA service are decided on.
import type { ServiceTask } from '../view/service-view.ts';

export type RollingTask = Pick<
  ServiceTask,
  'arn' | 'isRunning' | 'isHealthy' | 'isUnhealthy' | 'isProtected' | 'zone' | 'instance'
>;

export interface RollingView<T extends RollingTask = RollingTask> {
  readonly desiredCount: number;
  /** How many tasks must stay healthy, and how many may be wanted at once, all deployments together. */
  readonly minimum: number;
  readonly maximum: number;
  /** There is a deployment to start tasks of, and it is not in launch backoff. */
  readonly mayStart: boolean;
  /** There is one: what is old may go. If not, only what is beyond `desiredCount` does. */
  readonly mayReplace: boolean;
  /** Another deployment served before: as many tasks as the minimum needs are kept of it. `mayStart`: it is not in launch backoff. */
  readonly source?: { readonly mayStart: boolean } | undefined;
  readonly tasks: readonly T[];
  /** Whether a task is of the deployment that new tasks are started of, on an instance that is not DRAINING. */
  readonly isCurrent: (task: T) => boolean;
  /** Of the deployment that served before: on an instance that is not DRAINING, or on one that is. Absent: no task is of it. */
  readonly ofSource?: ((task: T) => 'stays' | 'leaves' | undefined) | undefined;
  /** How many tasks beyond `desiredCount` are there to rebalance the zones. Absent = 0. */
  readonly surge?: number | undefined;
  /** Of those that are too many no more than this need be chosen. Absent: all are. */
  readonly maxStops?: number | undefined;
}
