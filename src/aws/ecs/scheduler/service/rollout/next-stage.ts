// Where a deployment that is not ROLLING is next: one stop further, back, or still where it is. Pure; it only goes forward.
import type { DeploymentLifecycleHook } from '../../../state/service/deployment-configuration.ts';
import {
  lifecycleStages,
  type LifecycleHookState,
  type LifecycleStage,
  type StagedProgress,
} from '../../../state/service/deployment/service-deployment.ts';
import { hooksOf, isOpen, objectionOf, settledHook } from './hooks.ts';
import type { Stop, Way } from './stops.ts';

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
  /** No task is left of any deployment besides the target and blue. */
  readonly isReconciled: boolean;
  /** The target has as many healthy tasks as the service wants. */
  readonly isGreenUp: boolean;
  /** The traffic flows as it was last asked for. */
  readonly trafficHolds: boolean;
}

export interface Turn {
  readonly state: StageState;
  /** It must go back, for this reason. */
  readonly objection?: string | undefined;
  /** Epoch ms when it may move though nothing changes. */
  readonly wakeAt?: number | undefined;
}

/** Ms that RECONCILE_SERVICE waits for old tasks to go: where blue is broken they serve, and green may be what repairs it. */
export const longestReconcile = 10 * 60_000;

/** The traffic is asked after again this soon, ms, as long as it does not flow as it should. */
const askTrafficAfter = 1000;

/**
 * One turn; the answer holds the very same `state` where nothing is to be changed. CLEAN_UP is the last stop: that it is over is
 * for those to say who see the old tasks go.
 */
export function nextStage(
  state: StageState,
  way: Way,
  hooks: readonly DeploymentLifecycleHook[],
  facts: StageFacts,
  newId: () => string,
): Turn {
  const { now } = facts;
  const enter = (from: StageState, stop: Stop): Turn => ({
    state: entered(from, stop, hooks, now, newId),
    wakeAt: now,
  });
  const at = way.findIndex((stop) => stop.stage === state.stage && stop.step === state.progress.step);
  const here = way[at];
  if (!here) return enter(state, way[0]);
  const noted = noteHere(state, here, facts);
  const objection = ofStage(noted)
    .map(objectionOf)
    .find((reason) => reason !== undefined);
  if (objection !== undefined) return { state: noted, objection };
  const next = way[at + 1];
  if (next && isOver(noted, here, facts)) return enter(noted, next);
  return { state: noted, wakeAt: wakeAt(noted, here, facts) };
}

/** The hooks of a step replace those of the step before. */
const entered = (
  state: StageState,
  { stage, step, testWeight, productionWeight }: Stop,
  configured: readonly DeploymentLifecycleHook[],
  now: number,
  newId: () => string,
): StageState => ({
  stage,
  progress: { ...state.progress, step, since: now, heldSince: undefined, testWeight, productionWeight },
  hooks: [...state.hooks.filter((hook) => hook.stage !== stage), ...hooksOf(configured, stage, now, newId)],
});

/** Takes note of the hooks' ends and of when the traffic began to flow as it should. */
function noteHere(state: StageState, { stage }: Stop, { now, trafficHolds }: StageFacts): StageState {
  const hooks = state.hooks.map((hook) => (hook.stage === stage ? settledHook(hook, now) : hook));
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
function isOver(state: StageState, { stage, bake }: Stop, facts: StageFacts): boolean {
  const { heldSince } = state.progress;
  if (ofStage(state).some(isOpen)) return false;
  if (!facts.trafficHolds || heldSince === undefined || heldSince + bake > facts.now) return false;
  if (stage === 'RECONCILE_SERVICE')
    return facts.isReconciled || state.progress.since + longestReconcile <= facts.now;
  return facts.isGreenUp || lifecycleStages.indexOf(stage) < scaleUp;
}

function wakeAt(
  state: StageState,
  { stage, bake }: Stop,
  { now, trafficHolds }: StageFacts,
): number | undefined {
  const { heldSince, since } = state.progress;
  const times = [
    ...(stage === 'RECONCILE_SERVICE' ? [since + longestReconcile] : []),
    ...(trafficHolds ? [] : [now + askTrafficAfter]),
    ...(heldSince === undefined ? [] : [heldSince + bake]),
    ...ofStage(state).flatMap((hook) => (isOpen(hook) ? (hook.expiresAt ?? []) : [])),
  ].filter((time) => time > now);
  return times.length === 0 ? undefined : Math.min(...times);
}
