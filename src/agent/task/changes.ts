// How what happens to a task's containers changes what is known of it. Pure; stages only go forward.
import {
  containerOf,
  hasReached,
  isStopped,
  wantsStop,
  type ContainerStage,
  type KnownContainer,
  type KnownTask,
} from './known-task.ts';
import type { EngineContact } from '../engine/engine-contact.ts';
import type { ContainerState } from '../engine/runtime.ts';
import type { HealthStatus } from '../../agent-protocol/container-report.ts';

/** A step from one state of knowledge to the next; gives the very same task back when nothing is new. */
export type Change = (known: KnownTask) => KnownTask;

/** Sets `fields` on the container `name`, unless it has already stopped. */
export const containerIs =
  (name: string, fields: Partial<KnownContainer>): Change =>
  (known) => {
    const before = containerOf(known, name);
    if (before.stage === 'STOPPED') return known;
    return { ...known, containers: { ...known.containers, [name]: { ...before, ...fields } } };
  };

/** Moves the container `name` on to `stage`; a later one stays. */
export const containerReached =
  (name: string, stage: ContainerStage, fields: Partial<KnownContainer> = {}): Change =>
  (known) => {
    if (hasReached(containerOf(known, name).stage, stage)) return known;
    return containerIs(name, { ...fields, stage })(known);
  };

export interface ContainerEnd {
  readonly exitCode?: number | undefined;
  readonly reason?: string | undefined;
  /** Epoch ms. */
  readonly at: number;
}

/** The container `name` ended, or never will run. What was said of it before, of a pull that failed, stays where its end has no reason of its own. */
export const containerStopped =
  (name: string, end: ContainerEnd): Change =>
  (known) => {
    const before = containerOf(known, name);
    if (before.stage === 'STOPPED') return known;
    const after = containerIs(name, {
      stage: 'STOPPED',
      exitCode: end.exitCode,
      reason: end.reason ?? before.reason,
      finishedAt: end.at,
    })(known);
    return taskEnds(after, isEssential(known, name), end.at);
  };

const isEssential = (known: KnownTask, name: string): boolean =>
  known.task.containers.some((container) => container.name === name && container.essential === true);

function taskEnds(known: KnownTask, essential: boolean, at: number): KnownTask {
  const executionStoppedAt = known.executionStoppedAt ?? (essential ? at : undefined);
  const stoppedAt = known.stoppedAt ?? (isStopped(known) ? at : undefined);
  return { ...known, executionStoppedAt, stoppedAt };
}

/** Whether the container `name`, which has stopped, runs all the same. Of one that has not stopped it says nothing. */
const containerRunsAgain =
  (name: string, runsAgain: boolean): Change =>
  (known) => {
    const before = containerOf(known, name);
    if (before.stage !== 'STOPPED' || (before.runsAgain ?? false) === runsAgain) return known;
    return { ...known, containers: { ...known.containers, [name]: { ...before, runsAgain } } };
  };

const healthStatuses = { starting: 'UNKNOWN', healthy: 'HEALTHY', unhealthy: 'UNHEALTHY' } as const;

function health(before: KnownContainer, state: ContainerState, now: number): KnownContainer['health'] {
  if (state.health === undefined) return before.health;
  const status: HealthStatus = healthStatuses[state.health];
  return before.health?.status === status ? before.health : { status, since: now };
}

/** Why a container ended, in the official agent's names; undefined when its exit code says all. */
function exitReason(state: ContainerState): string | undefined {
  if (state.oomKilled) return 'OutOfMemoryError: Container killed due to memory usage';
  return state.error === '' ? undefined : `DockerStateError: ${state.error}`;
}

/** What the engine says of the container `name` at `now` (epoch ms); undefined when it has no such container. */
export const containerObserved =
  (name: string, state: ContainerState | undefined, now: number): Change =>
  (known) => {
    const before = containerOf(known, name);
    if (before.stage === 'STOPPED') return known;
    if (state === undefined) return vanished(known, name, now);
    const found = containerIs(name, seen(before, state))(known);
    if (state.status === 'created') return containerReached(name, 'CREATED')(found);
    const running = containerReached(
      name,
      'RUNNING',
    )(containerIs(name, { startedAt: before.startedAt ?? state.startedAt ?? now })(found));
    if (state.status === 'running') return sameOrNew(known, withHealth(running, name, state, now), name);
    const end = { exitCode: state.exitCode, reason: exitReason(state), at: state.finishedAt ?? now };
    return containerStopped(name, end)(running);
  };

/** The same of a container that may have stopped before: its end stays as it was, and that it runs all the same is noted. */
export const containerLookedAt =
  (name: string, state: ContainerState | undefined, now: number): Change =>
  (known) =>
    containerOf(known, name).stage === 'STOPPED'
      ? containerRunsAgain(name, state?.status === 'running')(known)
      : containerObserved(name, state, now)(known);

/** `change`, where what it says of a task's end was not the task's own doing. */
const blamingHost =
  (change: Change): Change =>
  (known) => {
    const after = change(known);
    return wantsStop(after) && !wantsStop(known) ? { ...after, endedByHost: true } : after;
  };

const seen = (before: KnownContainer, state: ContainerState): Partial<KnownContainer> => ({
  runtimeId: state.id,
  imageId: state.imageId,
  createdAt: before.createdAt ?? state.createdAt,
});

function withHealth(known: KnownTask, name: string, state: ContainerState, now: number): KnownTask {
  return containerIs(name, { health: health(containerOf(known, name), state, now) })(known);
}

/** A container that was never started may simply not exist yet. */
function vanished(known: KnownTask, name: string, now: number): KnownTask {
  if (!hasReached(containerOf(known, name).stage, 'CREATED')) return known;
  const reason = 'ContainerVanishedError: No container matching saved ID found';
  return containerStopped(name, { reason, at: now })(known);
}

function sameOrNew(before: KnownTask, after: KnownTask, name: string): KnownTask {
  const old = containerOf(before, name);
  const next = containerOf(after, name);
  const same = (Object.keys(next) as (keyof KnownContainer)[]).every((field) => old[field] === next[field]);
  return same ? before : after;
}

/** What the engine says of the container `name` at `now`, as a change: an end that came with the engine's absence, or a container that is gone, is no fault of the task. */
export function observedChange(
  contact: Pick<EngineContact, 'wasAway'>,
  name: string,
  state: ContainerState | undefined,
  now: number,
): Change {
  const change = containerLookedAt(name, state, now);
  const isHosts = state === undefined || contact.wasAway(state.finishedAt ?? now);
  return isHosts ? blamingHost(change) : change;
}
