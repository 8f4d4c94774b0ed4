// How a service's deployments go: how many tasks at a time, by which strategy, and when one has failed.
import type * as ecs from '../../shapes.generated.ts';

export type DeploymentStrategy = 'ROLLING' | 'BLUE_GREEN' | 'LINEAR' | 'CANARY';

/** `COUNT` is the threshold itself; the others are per cent of desiredCount, `BOUNDED_PERCENT` kept within 3 and 200. */
export interface CircuitBreakerThreshold {
  readonly type: 'COUNT' | 'BOUNDED_PERCENT' | 'UNBOUNDED_PERCENT';
  readonly value: number;
}

export interface DeploymentCircuitBreaker {
  readonly enable: boolean;
  readonly rollback: boolean;
  /** Absent = true. */
  readonly resetOnHealthyTask?: boolean | undefined;
  /** Absent = 50 BOUNDED_PERCENT. */
  readonly thresholdConfiguration?: CircuitBreakerThreshold | undefined;
}

export interface DeploymentAlarms {
  readonly alarmNames: readonly string[];
  readonly enable: boolean;
  readonly rollback: boolean;
}

export type DeploymentLifecycleHook = ecs.DeploymentLifecycleHook;

/** `canaryPercent` of the traffic first, the rest after `canaryBakeTimeInMinutes`. */
export interface CanaryConfiguration {
  readonly canaryPercent: number;
  readonly canaryBakeTimeInMinutes: number;
}

/** `stepPercent` of the traffic at a time, with `stepBakeTimeInMinutes` between the steps. */
export interface LinearConfiguration {
  readonly stepPercent: number;
  readonly stepBakeTimeInMinutes: number;
}

/** Complete: what the caller leaves out is filled in when it is stored. */
export interface DeploymentConfiguration {
  /** Per cent of desiredCount, rounded down: how many tasks may be RUNNING or PENDING. */
  readonly maximumPercent: number;
  /** Per cent of desiredCount, rounded up: how many tasks must stay healthy. */
  readonly minimumHealthyPercent: number;
  readonly strategy: DeploymentStrategy;
  /** Minutes that old and new run side by side after the shift; 0 for ROLLING. */
  readonly bakeTimeInMinutes: number;
  readonly deploymentCircuitBreaker: DeploymentCircuitBreaker;
  readonly alarms: DeploymentAlarms;
  readonly lifecycleHooks: readonly DeploymentLifecycleHook[];
  /** There exactly for CANARY. */
  readonly canaryConfiguration?: CanaryConfiguration | undefined;
  /** There exactly for LINEAR. */
  readonly linearConfiguration?: LinearConfiguration | undefined;
}
