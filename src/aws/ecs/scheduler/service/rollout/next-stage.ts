// Which stage a deployment that is not ROLLING is in next: the next one, or still the same, or that it must be rolled back. Pure; it only goes forward.
import type { DeploymentLifecycleHook } from '../../../state/service/deployment-configuration.ts';
import {
  lifecycleStages,
  type LifecycleHookState,
  type LifecycleStage,
  type StagedProgress,
} from '../../../state/service/deployment/service-deployment.ts';
import { hooksOf, isOpen, objectionOf, expiredHook } from './hooks.ts';
import type { StagePlan, StagePlans } from './stages.ts';

/** What of a service deployment moves from stage to stage. */
export interface StageState {
  /** Absent until it has begun. */
  readonly stage?: LifecycleStage | undefined;
  readonly progress: StagedProgress;
  readonly hooks: readonly LifecycleHookState[];
}

/** What is true now of the service, its tasks and its traffic. */
export interface StageFacts {
  /** Epoch ms. */
  readonly now: number;
  /** No task is left of any deployment besides target and source. */
  readonly isReconciled: boolean;
  /** The target has as many healthy tasks as the service wants. */
  readonly isTargetUp: boolean;
  /** The traffic flows as it was last asked for. */
  readonly trafficHolds: boolean;
}

export interface StageTransition {
  readonly state: StageState;
  /** It must go back, for this reason. */
  readonly objection?: string | undefined;
  /** Epoch ms when it may move though nothing changes. */
  readonly wakeAt?: number | undefined;
}

/** Ms that RECONCILE_SERVICE waits for old tasks to go: where the source is broken they serve, and the target may be what repairs it. */
export const reconcileTimeout = 10 * 60_000;

/** The traffic is asked after again this soon, ms, as long as it does not flow as it should. */
const trafficCheckInterval = 1000;

/**
 * One transition; the answer holds the very same `state` where nothing is to be changed. CLEAN_UP is the last stage: that it is over is
 * for those to say who see the old tasks go.
 */
export function nextStage(
  state: StageState,
  stages: StagePlans,
  hooks: readonly DeploymentLifecycleHook[],
  facts: StageFacts,
  newId: () => string,
): StageTransition {
  const { now } = facts;
  const enter = (from: StageState, plan: StagePlan): StageTransition => ({
    state: entered(from, plan, hooks, now, newId),
    wakeAt: now,
  });
  const at = stages.findIndex((plan) => plan.stage === state.stage && plan.step === state.progress.step);
  const here = stages[at];
  if (!here) return enter(state, stages[0]);
  const noted = noteHere(state, here, facts);
  const objection = ofStage(noted)
    .map(objectionOf)
    .find((reason) => reason !== undefined);
  if (objection !== undefined) return { state: noted, objection };
  const next = stages[at + 1];
  if (next && isOver(noted, here, facts)) return enter(noted, next);
  return { state: noted, wakeAt: wakeAt(noted, here, facts) };
}

/** The hooks of a step replace those of the step before. */
const entered = (
  state: StageState,
  { stage, step, testWeight, productionWeight }: StagePlan,
  configured: readonly DeploymentLifecycleHook[],
  now: number,
  newId: () => string,
): StageState => ({
  stage,
  progress: { ...state.progress, step, since: now, heldSince: undefined, testWeight, productionWeight },
  hooks: [...state.hooks.filter((hook) => hook.stage !== stage), ...hooksOf(configured, stage, now, newId)],
});

/** Takes note of the hooks' ends and of when the traffic began to flow as it should. */
function noteHere(state: StageState, { stage }: StagePlan, { now, trafficHolds }: StageFacts): StageState {
  const hooks = state.hooks.map((hook) => (hook.stage === stage ? expiredHook(hook, now) : hook));
  const isSame = hooks.every((hook, at) => hook === state.hooks[at]);
  const begins = trafficHolds && state.progress.heldSince === undefined;
  if (isSame && !begins) return state;
  return {
    ...state,
    hooks: isSame ? state.hooks : hooks,
    progress: begins ? { ...state.progress, heldSince: now } : state.progress,
  };
}

const ofStage = ({ stage, hooks }: StageState): readonly LifecycleHookState[] =>
  hooks.filter((hook) => hook.stage === stage);

const scaleUp = lifecycleStages.indexOf('SCALE_UP');

/** From SCALE_UP on nothing goes on while the target is short of healthy tasks. */
function isOver(state: StageState, { stage, bake }: StagePlan, facts: StageFacts): boolean {
  const { heldSince } = state.progress;
  if (ofStage(state).some(isOpen)) return false;
  if (!facts.trafficHolds || heldSince === undefined || heldSince + bake > facts.now) return false;
  if (stage === 'RECONCILE_SERVICE')
    return facts.isReconciled || state.progress.since + reconcileTimeout <= facts.now;
  return facts.isTargetUp || lifecycleStages.indexOf(stage) < scaleUp;
}

function wakeAt(
  state: StageState,
  { stage, bake }: StagePlan,
  { now, trafficHolds }: StageFacts,
): number | undefined {
  const { heldSince, since } = state.progress;
  const times = [
    ...(stage === 'RECONCILE_SERVICE' ? [since + reconcileTimeout] : []),
    ...(trafficHolds ? [] : [now + trafficCheckInterval]),
    ...(heldSince === undefined ? [] : [heldSince + bake]),
    ...ofStage(state).flatMap((hook) => (isOpen(hook) ? (hook.expiresAt ?? []) : [])),
  ].filter((time) => time > now);
  return times.length === 0 ? undefined : Math.min(...times);
}
