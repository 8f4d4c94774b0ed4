// What becomes of a deployment before its tasks are thought of: it begins, goes on to its next stage, fails, or goes back. Pure.
import type { Deployment } from '../../../state/service/deployment/deployment.ts';
import {
  goesForward,
  isRollback,
  type ServiceDeployment,
  type StagedProgress,
} from '../../../state/service/deployment/service-deployment.ts';
import { failuresOf } from '../failures/failures-of.ts';
import { healthyOf } from '../staged/fleets.ts';
import type { ServiceView, StagedView } from '../view/service-view.ts';
import { nextStage, type StageState } from './next-stage.ts';
import { findSource } from './serving.ts';
import { planStages } from './stages.ts';

export type RolloutChange =
  /** What is PENDING begins. */
  | { readonly kind: 'begin'; readonly rollout: ServiceDeployment }
  /**
   * It comes to another stage, or something of its stage changed. `serving` is found to serve, and so has completed; with an
   * `objection` (a sentence) it must go back.
   */
  | {
      readonly kind: 'stage';
      readonly staged: StagedView;
      readonly state: StageState;
      readonly serving?: Deployment | undefined;
      readonly objection?: string | undefined;
    }
  /** Blue, to which it goes back, is whole: all traffic goes there. */
  | { readonly kind: 'trafficBack'; readonly record: ServiceDeployment }
  /** Blue cannot be brought back either. */
  | { readonly kind: 'rollbackFailed'; readonly record: ServiceDeployment }
  /** So many failures are to be shown. */
  | { readonly kind: 'failures'; readonly rollout: ServiceDeployment; readonly count: number }
  /** The PRIMARY deployment has failed. `tripped`: its circuit breaker ended it. */
  | {
      readonly kind: 'fail';
      readonly primary: Deployment;
      readonly rollBack: boolean;
      readonly tripped: boolean;
    };

export interface NextChange {
  /** To be written before anything else is decided. */
  readonly change?: RolloutChange | undefined;
  /** Epoch ms when there may be one though no row changed. */
  readonly wakeAt?: number | undefined;
}

/** The traffic is asked after again this soon, ms, as long as it does not flow as it should. */
const trafficCheckInterval = 1000;

/** `newId` makes the ids of hooks. */
export function nextChange(view: ServiceView, newId: () => string): NextChange {
  const { primary, rollout, staged } = view;
  if (!primary) return {};
  if (rollout?.status === 'PENDING') return { change: { kind: 'begin', rollout } };
  const turned = staged ? transition(view, staged, newId) : {};
  if (turned.change) return turned;
  const change =
    rollout?.status === 'ROLLBACK_REQUESTED'
      ? ({ kind: 'fail', primary, rollBack: true, tripped: false } as const)
      : watchBreaker(primary, rollout);
  return { ...turned, change };
}

/** Of a staged deployment. */
function transition(view: ServiceView, staged: StagedView, newId: () => string): NextChange {
  const { record } = staged;
  if (goesForward(record)) return forward(view, staged, newId);
  return record.status === 'ROLLBACK_IN_PROGRESS' ? back(view, staged) : {};
}

function forward(view: ServiceView, staged: StagedView, newId: () => string): NextChange {
  const { record, target } = staged;
  const { lifecycleHooks: hooks } = record;
  const serving = record.staged ? undefined : findSource(view, staged);
  const progress = record.staged ?? beginning(view, staged, serving);
  const facts = {
    now: view.now,
    isReconciled: isReconciled(staged, [target.id, progress.sourceDeploymentId ?? staged.source?.id]),
    isTargetUp: healthyOf(view.tasks, target.id) >= view.service.desiredCount,
    trafficHolds: staged.trafficHolds,
  };
  const configuration = record.deploymentConfiguration;
  const before: StageState = { stage: record.lifecycleStage, progress, hooks };
  const stages = planStages(configuration, progress);
  const { state, objection, wakeAt } = nextStage(before, stages, configuration.lifecycleHooks, facts, newId);
  if (state === before && objection === undefined) return { wakeAt };
  return { change: { kind: 'stage', staged, state, serving, objection } };
}

/** Looks for who serves now, once: the source stays the source until the deployment is over. */
const beginning = (
  { now }: ServiceView,
  staged: StagedView,
  serving: Deployment | undefined,
): StagedProgress => ({
  sourceDeploymentId: serving?.id,
  reconciles: !isReconciled(staged, [staged.target.id, serving?.id]),
  step: 0,
  since: now,
  testWeight: 0,
  productionWeight: 0,
});

/** Whether no deployment but these still has tasks. */
const isReconciled = ({ withTasks }: StagedView, kept: readonly (string | undefined)[]): boolean =>
  [...withTasks].every((id) => kept.includes(id));

/** The rest of a rollback: the traffic that is still to leave the target, and the end where the source cannot be brought back either. */
function back(
  { service, tasks, now }: ServiceView,
  { record, source, trafficHolds }: StagedView,
): NextChange {
  const { staged: progress, circuitBreaker } = record;
  if (!source || !progress) return {};
  const { status, threshold } = circuitBreaker;
  if (status !== 'DISABLED' && failuresOf(source) >= threshold)
    return { change: { kind: 'rollbackFailed', record } };
  if (progress.productionWeight > 0 && healthyOf(tasks, source.id) >= service.desiredCount)
    return { change: { kind: 'trafficBack', record } };
  return trafficHolds ? {} : { wakeAt: now + trafficCheckInterval };
}

/** Failures are shown where users look, and end the deployment when there are as many as its circuit breaker allows. */
function watchBreaker(
  primary: Deployment,
  rollout: ServiceDeployment | undefined,
): RolloutChange | undefined {
  if (!rollout || primary.rolloutState !== 'IN_PROGRESS') return undefined;
  const { circuitBreaker } = rollout;
  const count = failuresOf(primary);
  const watches = circuitBreaker.status === 'MONITORING';
  // A rollback is watched too, by the breaker that began it and keeps its count.
  if (!watches && !(circuitBreaker.status === 'TRIGGERED' && isRollback(rollout, primary.id)))
    return undefined;
  if (count >= circuitBreaker.threshold) {
    const rollBack = rollout.deploymentConfiguration.deploymentCircuitBreaker.rollback;
    return { kind: 'fail', primary, rollBack, tripped: true };
  }
  return watches && circuitBreaker.failureCount !== count ? { kind: 'failures', rollout, count } : undefined;
}
