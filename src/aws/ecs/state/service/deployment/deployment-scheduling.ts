// What the scheduler keeps of a deployment for itself: no answer of ECS shows it.
import type { CrashLoop } from './crash-loop.ts';
import type { LaunchFailures } from './launch-backoff.ts';

/** Availability Zone rebalancing that has begun, or came to nothing. */
export interface ZoneBalance {
  /** How many tasks were started for which others are still to stop. */
  readonly surge: number;
  /** More are to be started first. */
  readonly isStarting?: boolean | undefined;
  /** Epoch ms before which it does not begin again. */
  readonly notBefore: number;
}

export interface DeploymentScheduling extends CrashLoop {
  /** Tasks in a row that never reached RUNNING, until one that was started after the latest failure runs. Absent = 0. */
  readonly startFailures?: number | undefined;
  /** Tasks that were stopped because their health checks failed, since one was healthy; the circuit breaker counts them too. Absent = 0. */
  readonly unhealthyTasks?: number | undefined;
  /** Tasks that exited too soon while the deployment was in progress, where tags ask to count them. Absent = 0. */
  readonly earlyExits?: number | undefined;
  /** Epoch ms of the latest task that never reached RUNNING; the launch backoff counts from it. */
  readonly lastFailureAt?: number | undefined;
  readonly zoneBalance?: ZoneBalance | undefined;
  /** It once had all tasks that its service wanted, at least one, all of them healthy. Absent = false. */
  readonly hasServed?: boolean | undefined;
}

interface Scheduled {
  readonly failedTasks: number;
  readonly scheduling?: DeploymentScheduling | undefined;
}

/** The deployment with these members of its `scheduling`, and the others as they were. */
export const withScheduling = <T extends Scheduled>(deployment: T, members: DeploymentScheduling): T => ({
  ...deployment,
  scheduling: { ...deployment.scheduling, ...members },
});

/** The deployment as if none of its tasks had failed yet; a crash loop still is one. */
export const withoutFailures = <T extends Scheduled>(deployment: T): T =>
  withScheduling(
    { ...deployment, failedTasks: 0 },
    { startFailures: 0, unhealthyTasks: 0, earlyExits: 0, lastFailureAt: undefined },
  );

/** By what its starts are held back: the count that ECS shows, and what it does not. */
export const launchFailures = ({ failedTasks, scheduling }: Scheduled): LaunchFailures => ({
  ...scheduling,
  failedTasks,
});
