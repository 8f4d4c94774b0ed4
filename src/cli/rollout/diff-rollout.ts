// What has changed between two snapshots of a service's rollout. Pure.
import type { DescribedService, Snapshot } from './rollout.ts';
import { lastPart } from '../../lib/arn.ts';

/** One line for people, one object for programs; `at` in seconds since the epoch. */
export type RolloutChange =
  | { readonly at: number; readonly what: 'event'; readonly id: string; readonly message: string }
  | {
      readonly at: number;
      readonly what: 'rollout';
      readonly status: string;
      readonly lifecycleStage?: string;
      readonly reason?: string;
    }
  | {
      readonly at: number;
      readonly what: 'hook';
      readonly hookId: string;
      readonly status: string;
      readonly expiresAt?: number;
      readonly serviceDeploymentArn: string;
    }
  | ({ readonly at: number; readonly what: 'deployment' } & DeploymentChange);

export interface DeploymentChange {
  readonly id: string;
  /** INACTIVE once it has left the list. */
  readonly status: string;
  /** `family:revision` */
  readonly taskDefinition: string;
  /** The rolloutState, or a task set's stabilityStatus; empty once it has left the list. */
  readonly state: string;
  readonly desiredCount: number;
  readonly runningCount: number;
  readonly pendingCount: number;
  readonly failedTasks: number;
}

/**
 * What `after` has that `before` had not, the first time all of it; of events only those since `since`. Both times are
 * seconds since the epoch, `at` that of the look.
 */
export function diffRollout(
  before: Snapshot | undefined,
  after: Snapshot,
  since: number,
  at: number,
): RolloutChange[] {
  return [
    ...eventChanges(before?.service, after.service, since),
    ...statusChanges(before, after, at),
    ...hookChanges(before, after, at),
    ...deploymentChanges(before?.service, after.service).map((one) => ({
      at,
      what: 'deployment' as const,
      ...one,
    })),
  ];
}

/** The oldest first. */
export function eventChanges(
  before: DescribedService | undefined,
  after: DescribedService,
  since: number,
): Extract<RolloutChange, { what: 'event' }>[] {
  const known = new Set(before?.events?.map(({ id }) => id));
  return (after.events ?? [])
    .filter(({ id, createdAt = 0 }) => !known.has(id) && createdAt >= since)
    .map(({ id = '', createdAt = 0, message = '' }) => ({
      at: createdAt,
      what: 'event' as const,
      id,
      message,
    }))
    .toReversed();
}

function statusChanges(before: Snapshot | undefined, { rollout }: Snapshot, at: number): RolloutChange[] {
  if (!rollout) return [];
  const { status = '', lifecycleStage, statusReason: reason } = rollout;
  const was = before?.rollout;
  const isKnown =
    was?.serviceDeploymentArn === rollout.serviceDeploymentArn &&
    was?.status === status &&
    was.lifecycleStage === lifecycleStage &&
    was.statusReason === reason;
  if (isKnown) return [];
  return [
    {
      at,
      what: 'rollout',
      status,
      ...(lifecycleStage && { lifecycleStage }),
      ...(reason && { reason }),
    },
  ];
}

function hookChanges(before: Snapshot | undefined, { rollout }: Snapshot, at: number): RolloutChange[] {
  const known = new Map(before?.rollout?.lifecycleHookDetails?.map(({ hookId, status }) => [hookId, status]));
  return (rollout?.lifecycleHookDetails ?? [])
    .filter(({ hookId, status }) => known.get(hookId) !== status)
    .map(({ hookId = '', status = '', expiresAt }) => ({
      at,
      what: 'hook' as const,
      hookId,
      status,
      ...(expiresAt !== undefined && { expiresAt }),
      serviceDeploymentArn: rollout?.serviceDeploymentArn ?? '',
    }));
}

function deploymentChanges(
  before: DescribedService | undefined,
  after: DescribedService,
): DeploymentChange[] {
  const known = new Map(before && partsOf(before).map((one) => [one.id, one]));
  const now = partsOf(after);
  const gone = [...known.values()].filter((one) => !now.some(({ id }) => id === one.id));
  return [
    ...gone.map((one) => ({
      ...one,
      status: 'INACTIVE',
      state: '',
      desiredCount: 0,
      runningCount: 0,
      pendingCount: 0,
    })),
    ...now.filter((one) => JSON.stringify(known.get(one.id)) !== JSON.stringify(one)),
  ];
}

/** Its deployments, or its task sets. */
const partsOf = ({ deployments = [], taskSets = [] }: DescribedService): DeploymentChange[] => [
  ...deployments.map((one) => ({
    id: one.id ?? '',
    status: one.status ?? '',
    taskDefinition: lastPart(one.taskDefinition ?? ''),
    state: one.rolloutState ?? '',
    desiredCount: one.desiredCount ?? 0,
    runningCount: one.runningCount ?? 0,
    pendingCount: one.pendingCount ?? 0,
    failedTasks: one.failedTasks ?? 0,
  })),
  ...taskSets.map((one) => ({
    id: one.id ?? '',
    status: one.status ?? '',
    taskDefinition: lastPart(one.taskDefinition ?? ''),
    state: one.stabilityStatus ?? '',
    desiredCount: one.computedDesiredCount ?? 0,
    runningCount: one.runningCount ?? 0,
    pendingCount: one.pendingCount ?? 0,
    failedTasks: 0,
  })),
];
