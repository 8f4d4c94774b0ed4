// A service deployment: one change of a service from its source revisions to a target revision, and how it ended.
import type { DeploymentConfiguration } from './deployment-configuration.ts';
import { circuitBreakerThreshold } from './deployment-configuration.ts';
import type { Scope } from './scope.ts';
import type { Service } from './service.ts';

/** Under way: not ended yet, one at most of a service. */
export const ongoingServiceDeploymentStatuses = [
  'PENDING',
  'IN_PROGRESS',
  'STOP_REQUESTED',
  'ROLLBACK_REQUESTED',
  'ROLLBACK_IN_PROGRESS',
] as const;

export type ServiceDeploymentStatus =
  | (typeof ongoingServiceDeploymentStatuses)[number]
  | 'SUCCESSFUL'
  | 'STOPPED'
  | 'ROLLBACK_SUCCESSFUL'
  | 'ROLLBACK_FAILED';

/** In the order that a deployment passes through them; a rolling one has none. */
export const lifecycleStages = [
  'RECONCILE_SERVICE',
  'PRE_SCALE_UP',
  'SCALE_UP',
  'POST_SCALE_UP',
  'TEST_TRAFFIC_SHIFT',
  'POST_TEST_TRAFFIC_SHIFT',
  'PRODUCTION_TRAFFIC_SHIFT',
  'POST_PRODUCTION_TRAFFIC_SHIFT',
  'BAKE_TIME',
  'CLEAN_UP',
] as const;
export type LifecycleStage = (typeof lifecycleStages)[number];

export type MonitorStatus = 'MONITORING' | 'MONITORING_COMPLETE' | 'TRIGGERED' | 'DISABLED';

/** A PAUSE hook that a deployment has come to. */
export interface LifecycleHookState {
  readonly id: string;
  readonly targetType: 'PAUSE';
  readonly stage: LifecycleStage | 'PRE_PRODUCTION_TRAFFIC_SHIFT';
  readonly status: 'AWAITING_ACTION' | 'IN_PROGRESS' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT';
  /** What ContinueServiceDeployment said; the controller acts on it. */
  readonly action?: 'CONTINUE' | 'ROLLBACK' | undefined;
  /** Epoch ms, and what happens then. */
  readonly expiresAt?: number | undefined;
  readonly timeoutAction: 'CONTINUE' | 'ROLLBACK';
}

export interface ServiceDeployment extends Scope {
  readonly version: number;
  readonly arn: string;
  readonly serviceArn: string;
  readonly clusterArn: string;
  /** Of one service the greater is the newer; that of its deployment. */
  readonly number: number;
  /** The deployment that brings the target up. */
  readonly deploymentId: string;
  /** What ran when it began; none at a service's first. */
  readonly sourceRevisionArns: readonly string[];
  readonly targetRevisionArn: string;
  readonly status: ServiceDeploymentStatus;
  readonly statusReason?: string | undefined;
  readonly lifecycleStage?: LifecycleStage | undefined;
  readonly lifecycleHooks: readonly LifecycleHookState[];
  /** As it was when the deployment began. */
  readonly deploymentConfiguration: DeploymentConfiguration;
  readonly rollback?:
    | {
        readonly reason: string;
        /** Epoch ms. */
        readonly startedAt: number;
        readonly revisionArn: string;
        /** The deployment that brings the old revision back; absent until it began. */
        readonly deploymentId?: string | undefined;
      }
    | undefined;
  readonly circuitBreaker: {
    readonly status: MonitorStatus;
    readonly failureCount: number;
    /** Failures that end the deployment. */
    readonly threshold: number;
  };
  readonly alarms: { readonly status: MonitorStatus; readonly triggeredAlarmNames: readonly string[] };
  /** Epoch ms, all of them. */
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly startedAt?: number | undefined;
  readonly stoppedAt?: number | undefined;
  readonly finishedAt?: number | undefined;
}

/** Whether it has not ended yet. */
export const isOngoing = ({ status }: Pick<ServiceDeployment, 'status'>): boolean =>
  (ongoingServiceDeploymentStatuses as readonly string[]).includes(status);

/** One that is about to begin: PENDING. */
export function newServiceDeployment(
  service: Pick<Service, 'arn' | 'clusterArn' | 'deploymentConfiguration' | 'desiredCount' | keyof Scope>,
  begun: Pick<
    ServiceDeployment,
    'arn' | 'number' | 'deploymentId' | 'sourceRevisionArns' | 'targetRevisionArn'
  > & { readonly now: number },
): Omit<ServiceDeployment, 'version'> {
  const { now, ...identity } = begun;
  const { deploymentConfiguration: configuration } = service;
  const breaker = configuration.deploymentCircuitBreaker;
  return {
    ...identity,
    accountId: service.accountId,
    region: service.region,
    serviceArn: service.arn,
    clusterArn: service.clusterArn,
    status: 'PENDING',
    lifecycleHooks: [],
    deploymentConfiguration: configuration,
    circuitBreaker: {
      status: breaker.enable ? 'MONITORING' : 'DISABLED',
      failureCount: 0,
      threshold: circuitBreakerThreshold(breaker, service.desiredCount),
    },
    alarms: { status: configuration.alarms.enable ? 'MONITORING' : 'DISABLED', triggeredAlarmNames: [] },
    createdAt: now,
    updatedAt: now,
  };
}
