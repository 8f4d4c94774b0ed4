// A service deployment: one change of a service from its source revisions to a target revision, and how it ended.
import type { BreakerTags } from './breaker-tags.ts';
import type { DeploymentConfiguration } from '../deployment-configuration.ts';
import type { Scope } from '../../../../shared/scope.ts';
import type { Service } from '../service.ts';
import { circuitBreakerThreshold } from './circuit-breaker-threshold.ts';

/** Under way: not ended yet, one at most of a service. */
const ongoingServiceDeploymentStatuses = [
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
  'PRE_PRODUCTION_TRAFFIC_SHIFT',
  'PRODUCTION_TRAFFIC_SHIFT',
  'POST_PRODUCTION_TRAFFIC_SHIFT',
  'BAKE_TIME',
  'CLEAN_UP',
] as const;
export type LifecycleStage = (typeof lifecycleStages)[number];

export type MonitorStatus = 'MONITORING' | 'MONITORING_COMPLETE' | 'TRIGGERED' | 'DISABLED';

/** A hook that a deployment has come to, at the latest time that it came to the stage. */
export interface LifecycleHookState {
  /** Its `hookId`; a hook that is called learns it as its execution id, which stays the same however often it is called. */
  readonly id: string;
  readonly targetType: 'PAUSE' | 'AWS_LAMBDA';
  /** What is called; absent of PAUSE. */
  readonly targetArn?: string | undefined;
  readonly stage: LifecycleStage;
  readonly status: 'AWAITING_ACTION' | 'IN_PROGRESS' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT';
  /** What ContinueServiceDeployment said; the controller acts on it. */
  readonly action?: 'CONTINUE' | 'ROLLBACK' | undefined;
  /** Epoch ms, and what happens then. */
  readonly expiresAt?: number | undefined;
  readonly timeoutAction: 'CONTINUE' | 'ROLLBACK';
  /** There as long as it is to be called. */
  readonly call?: HookCall | undefined;
  /** Why it FAILED. */
  readonly reason?: string | undefined;
}

/** The next call of a hook, or the one that is under way. */
export interface HookCall {
  /** 1 is the first; what a call comes to counts only while its number is this one. */
  readonly number: number;
  /** Epoch ms when it is due. */
  readonly at: number;
  /** Calls in a row that reached nobody. */
  readonly failures: number;
  /** What the hook is told of its own: from its configuration, then from its latest reply. */
  readonly hookDetails?: unknown;
}

/** How far a deployment that is not ROLLING has come; its `lifecycleStage` is part of it. */
export interface StagedProgress {
  /** The deployment whose tasks serve until this one has taken over; absent where there was none to keep. */
  readonly sourceDeploymentId?: string | undefined;
  /** There were tasks of others besides when it began. */
  readonly reconciles: boolean;
  /** Which shift of production traffic it is at, from 1; 0 before. */
  readonly step: number;
  /** Epoch ms when the stage, and of a shift the step, began. */
  readonly since: number;
  /** Epoch ms when the traffic was found to flow as the stage wants it. */
  readonly heldSince?: number | undefined;
  /** Per cent of the traffic that is to go to the target; the rest goes to the source. */
  readonly testWeight: number;
  readonly productionWeight: number;
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
  /** There once a deployment that is not ROLLING has begun. */
  readonly staged?: StagedProgress | undefined;
  /** As it was when the deployment began. */
  readonly deploymentConfiguration: DeploymentConfiguration;
  readonly rollback?:
    | {
        readonly reason: string;
        /** Epoch ms. */
        readonly startedAt: number;
        readonly revisionArn: string;
        /** The deployment that the service is rolled back to: a new one of the old revision, or the source itself. */
        readonly deploymentId?: string | undefined;
      }
    | undefined;
  readonly circuitBreaker: {
    readonly status: MonitorStatus;
    readonly failureCount: number;
    /** Failures that end the deployment. */
    readonly threshold: number;
  };
  /** What tags of the service and its cluster said of the circuit breaker when the deployment began. */
  readonly breakerTags?: BreakerTags | undefined;
  readonly alarms: { readonly status: MonitorStatus; readonly triggeredAlarmNames: readonly string[] };
  /** Epoch ms, all of them. */
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly startedAt?: number | undefined;
  readonly stoppedAt?: number | undefined;
  readonly finishedAt?: number | undefined;
}

/** Whether it is on its way to its target: neither ended nor rolled back. */
export const goesForward = ({ status }: Pick<ServiceDeployment, 'status'>): boolean =>
  status === 'PENDING' || status === 'IN_PROGRESS';

/** Whether the deployment of this id is what the service deployment goes, or went, back to. */
export const isRollback = (
  { rollback }: Pick<ServiceDeployment, 'rollback'>,
  deploymentId: string,
): boolean => rollback?.deploymentId === deploymentId;

/** Whether it has not ended yet. */
export const isOngoing = ({ status }: Pick<ServiceDeployment, 'status'>): boolean =>
  (ongoingServiceDeploymentStatuses as readonly string[]).includes(status);

/** One that is about to begin: PENDING. */
export function newServiceDeployment(
  service: Pick<Service, 'arn' | 'clusterArn' | 'deploymentConfiguration' | 'desiredCount' | keyof Scope>,
  begun: Pick<
    ServiceDeployment,
    'arn' | 'number' | 'deploymentId' | 'sourceRevisionArns' | 'targetRevisionArn' | 'breakerTags'
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
      threshold: begun.breakerTags?.threshold ?? circuitBreakerThreshold(breaker, service.desiredCount),
    },
    alarms: { status: configuration.alarms.enable ? 'MONITORING' : 'DISABLED', triggeredAlarmNames: [] },
    createdAt: now,
    updatedAt: now,
  };
}
