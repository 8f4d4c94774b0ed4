// What an agent reports of its own host's health. Not the health of containers, which is their task's.
import type * as ecs from '../../shapes.generated.ts';

export type InstanceHealthState = ecs.InstanceHealthCheckState;
export type InstanceHealthCheckType = ecs.InstanceHealthCheckType;

export interface InstanceHealthCheck {
  readonly type: InstanceHealthCheckType;
  readonly status: InstanceHealthState;
  readonly statusReason?: string | undefined;
  /** Epoch ms, both. */
  readonly lastUpdated: number;
  readonly lastStatusChange: number;
}

/** The latest report of an instance's agent; gone with the process. */
export interface InstanceHealth {
  readonly version: number;
  readonly containerInstanceArn: string;
  readonly checks: readonly InstanceHealthCheck[];
}

const worstFirst: readonly InstanceHealthState[] = ['IMPAIRED', 'INSUFFICIENT_DATA', 'INITIALIZING', 'OK'];

/** The worst of the checks; INSUFFICIENT_DATA where there are none. */
export const overallHealth = (checks: readonly InstanceHealthCheck[]): InstanceHealthState =>
  worstFirst.find((state) => checks.some(({ status }) => status === state)) ?? 'INSUFFICIENT_DATA';

/** Whether its agent says that the container engine does not answer. */
export const isEngineAway = (health: InstanceHealth | undefined): boolean =>
  health?.checks.some(({ type, status }) => type === 'CONTAINER_RUNTIME' && status === 'IMPAIRED') === true;
