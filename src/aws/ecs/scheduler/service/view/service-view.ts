// A service as one step of it sees it: made once by `viewOf`, decided on once, and done once by the service controller. Plain data.
import type { Deployment } from '../../../state/service/deployment/deployment.ts';
import type { ServiceDeployment } from '../../../state/service/deployment/service-deployment.ts';
import type { Service } from '../../../state/service/service.ts';
import type { TaskSet } from '../../../state/service/task-set/task-set.ts';
import type { Task } from '../../../state/task/task.ts';

export interface ServiceView {
  readonly service: Service;
  /** Epoch ms. */
  readonly now: number;
  /** PRIMARY and ACTIVE, the newest first; none of an EXTERNAL service. */
  readonly deployments: readonly Deployment[];
  readonly primary: Deployment | undefined;
  /** The service deployment that brings the PRIMARY deployment up. */
  readonly rollout: ServiceDeployment | undefined;
  /** What decides about the tasks while a deployment goes stage by stage. */
  readonly staged: StagedView | undefined;
  readonly taskSets: readonly TaskSet[];
  /** The tasks that nobody has told to stop and that the service can reckon with, by their ARNs. */
  readonly tasks: readonly ServiceTask[];
  /** Those that nobody has told to stop on hosts that are lost. */
  readonly lost: readonly Task[];
  /** Epoch ms when one of the tasks may count for something else though no row changed. */
  readonly changesAt: number | undefined;
  /** Of a DAEMON: where its tasks are to be, or are. */
  readonly instances: readonly DaemonInstance[];
  /** Where another task may be placed; empty where it is not time to become even over Availability Zones. */
  readonly zones: readonly string[];
  /** For who stops no more than this now: more of those that are too many need not be chosen. Absent: all are. */
  readonly maxStops?: number | undefined;
}

/** A task of the service that nobody has told to stop, on a host that is not lost. */
export interface ServiceTask {
  readonly arn: string;
  readonly deploymentId: string;
  /** Its instance, if it has one, is not DRAINING, it waits for none in vain, and nobody asked for another task in its place. */
  readonly mayStay: boolean;
  readonly isRunning: boolean;
  /** Counts for the minimum: RUNNING, and its health checks pass, or it has none and has run for a while. */
  readonly isHealthy: boolean;
  /** An essential container's health check fails, and the grace period is over. */
  readonly isUnhealthy: boolean;
  /** RUNNING, and no health check of it is in doubt. */
  readonly passesChecks: boolean;
  readonly isProtected: boolean;
  readonly zone: string;
  /** ARN of its container instance; empty while it has none. */
  readonly instance: string;
  /** Epoch ms when it may count for something else though no row changed. */
  readonly changesAt?: number | undefined;
}

/** A service deployment that is not ROLLING, and the two deployments that it is between. */
export interface StagedView {
  readonly record: ServiceDeployment;
  /** What brings the target up. */
  readonly target: Deployment;
  /** What serves until the target has taken over; undefined where there is none, and before it is looked for. */
  readonly source: Deployment | undefined;
  /** The traffic flows as it was last asked for. */
  readonly trafficHolds: boolean;
  /** The ids of the listed deployments that have tasks. */
  readonly withTasks: ReadonlySet<string>;
  /** The ids of those of which a task was told to stop or has ended; there only before blue is looked for. */
  readonly withEnded: ReadonlySet<string>;
  /** The service deployment of each listed deployment, by its ARN; there only before blue is looked for. */
  readonly records: ReadonlyMap<string, ServiceDeployment>;
}

/** A container instance as a DAEMON service sees it. */
export interface DaemonInstance {
  readonly arn: string;
  readonly status: string;
  /** It is what the deployment that new tasks are of asks for. */
  readonly isSuitable: boolean;
  /** Its agent is connected, and the container engine is there. */
  readonly isAvailable: boolean;
  /** None of the service's tasks is wanted there, and one that was told to stop is left. */
  readonly isLeaving: boolean;
  /** Tasks of services that are not daemons are on it. */
  readonly hasOthers: boolean;
  /** Epoch ms before which the deployment that new tasks are of starts nothing there; 0 where nothing holds it back. */
  readonly startsAt: number;
}
