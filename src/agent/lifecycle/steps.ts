// Does a step of a task with the engine, and records what came of it: one function a kind of step, in one table.
import type { PayloadContainer } from '../../agent-protocol/messages.ts';
import type { Clock } from '../../lib/clock.ts';
import {
  containerIs,
  containerLookedAt,
  containerReached,
  containerStopped,
  type Change,
  observedChange,
} from '../task/changes.ts';
import type { AgentConfig } from '../config/config.ts';
import { ContainerFailure, messageOf, type FailureName } from '../engine/container-failure.ts';
import { containerSpec } from './container-spec.ts';
import { createVolumes, ownVolumes } from '../hooks/volumes.ts';
import { hasLimits } from '../hooks/task-limits.ts';
import type { Images } from '../engine/image-pull-behavior.ts';
import { isUnanswered, mayBeAway, type EngineContact } from '../engine/engine-contact.ts';
import { containerOf, hasReached, type KnownContainer, type KnownTask } from '../task/known-task.ts';
import type { HostPorts } from '../network/host-ports.ts';
import type { Runtime } from '../engine/runtime.ts';
import type { TaskCgroups } from '../task/task-cgroups.ts';
import { withinLimit } from '../engine/time-limit.ts';
import { lastPart } from '../../lib/arn.ts';

export interface StepDeps {
  readonly runtime: Runtime;
  readonly config: AgentConfig;
  readonly clock: Clock;
  readonly images: Images;
  readonly ports: HostPorts;
  readonly contact: EngineContact;
  /** Absent where the host does not let the agent limit tasks as a whole. */
  readonly cgroups?: TaskCgroups | undefined;
}

/** A task as its steps see it. */
export interface TaskRecord {
  readonly known: KnownTask;
  /** `later`: losing the change in a crash costs nothing, because the engine is asked on the next start. */
  record(change: Change, save?: 'now' | 'later'): void;
}

type ContainerStep = (deps: StepDeps, task: TaskRecord, container: PayloadContainer) => Promise<void>;
type TaskStep = (deps: StepDeps, task: TaskRecord) => Promise<void>;

/** Steps on one container. A rejection means that nothing was decided and the step is to be tried again. */
export const containerSteps: Readonly<Record<'pull' | 'create' | 'start' | 'stop', ContainerStep>> = {
  pull,
  create,
  start,
  stop,
};

/** Steps on the task as a whole; rejections as above. */
export const taskSteps: Readonly<Record<'prepare' | 'cleanUp', TaskStep>> = {
  prepare,
  cleanUp,
};

async function prepare({ runtime, contact, cgroups }: StepDeps, task: TaskRecord): Promise<void> {
  const fail = (reason: string): void =>
    task.record((known) => ({ ...known, reason: known.reason ?? reason }));
  try {
    createCgroup(cgroups, task.known);
  } catch (error) {
    fail(`resource cannot be initialized for task ${task.known.task.arn}: ${messageOf(error)}`);
    return;
  }
  try {
    await createVolumes(runtime, task.known);
    task.record((known) => ({ ...known, prepared: true }), 'later');
  } catch (error) {
    await contact.rethrowIfAway(error);
    fail(failureReason(error, 'CannotCreateVolumeError'));
  }
}

function createCgroup(cgroups: TaskCgroups | undefined, { task }: KnownTask): void {
  if (!hasLimits(task)) return;
  if (cgroups === undefined) throw new Error('this agent cannot limit a task as a whole');
  cgroups.create(lastPart(task.arn), task);
}

async function pull(
  { images, clock }: StepDeps,
  task: TaskRecord,
  { name, image }: PayloadContainer,
): Promise<void> {
  const startedAt = clock.now();
  task.record((known) => ({ ...known, pullStartedAt: known.pullStartedAt ?? startedAt }), 'later');
  const ended: Change = (known) => ({ ...known, pullStoppedAt: clock.now() });
  try {
    const { digest, id, warning } = await images.ready(image);
    const pulled = containerReached(name, 'PULLED', { imageDigest: digest, imageId: id, reason: warning });
    task.record((known) => pulled(ended(known)), 'later');
  } catch (error) {
    if (!(error instanceof ContainerFailure)) throw error;
    const { reason } = error;
    const failed = containerStopped(name, { reason, at: clock.now() });
    task.record((known) => failed(ended(known)));
  }
}

async function create(deps: StepDeps, task: TaskRecord, container: PayloadContainer): Promise<void> {
  const { runtime, config, clock, contact } = deps;
  const { name } = container;
  try {
    const image = await runtime.inspectImage(container.image);
    const spec = containerSpec(task.known, container, config, image?.variables);
    const { id } = await withinLimit(clock, config.containerCreateTimeout, 'created', runtime.create(spec));
    // Found again by its name after a crash, so its id need not be on disk before it is started.
    task.record(containerReached(name, 'CREATED', { runtimeId: id, createdAt: clock.now() }), 'later');
  } catch (error) {
    await contact.rethrowIfAway(error);
    const reason = failureReason(error, 'CannotCreateContainerError');
    task.record(containerStopped(name, { reason, at: clock.now() }));
  }
}

async function start(deps: StepDeps, task: TaskRecord, container: PayloadContainer): Promise<void> {
  const { runtime, config, clock, contact } = deps;
  const { name } = container;
  const id = engineName(containerOf(task.known, name));
  if (await hasBegun(deps, task, name)) return;
  try {
    await withinLimit(clock, config.containerStartTimeout, 'started', runtime.start(id));
    task.record(containerReached(name, 'RUNNING', { startedAt: clock.now() }));
  } catch (error) {
    if (mayBeAway(error) || error instanceof ContainerFailure)
      task.record(containerIs(name, { startUnanswered: true }), 'later');
    await contact.rethrowIfAway(error);
    if (isUnanswered(error) && (await hasBegun(deps, task, name))) return;
    if (await tryOtherPorts(deps, task, container, messageOf(error))) return;
    // The engine may yet start what it was too slow to start: it must not run on behind a STOPPED.
    if (error instanceof ContainerFailure) await runtime.stop(id, 0);
    const reason = failureReason(error, 'CannotStartContainerError');
    task.record(containerStopped(name, { reason, at: clock.now() }));
  }
}

/** Whether the start of a container to which the engine gave no answer has been made all the same: none is started twice. */
async function hasBegun(
  { runtime, clock, contact }: StepDeps,
  task: TaskRecord,
  name: string,
): Promise<boolean> {
  const before = containerOf(task.known, name);
  if (before.startUnanswered !== true) return false;
  const state = await runtime.inspect(engineName(before));
  task.record(containerIs(name, { startUnanswered: false }), 'later');
  task.record(observedChange(contact, name, state, clock.now()));
  return hasReached(containerOf(task.known, name).stage, 'RUNNING');
}

/** Somebody else on the host holds a port that the agent chose: the container is made again with other ones. */
async function tryOtherPorts(
  { runtime, ports }: StepDeps,
  task: TaskRecord,
  container: PayloadContainer,
  message: string,
): Promise<boolean> {
  const before = containerOf(task.known, container.name);
  const bindings = ports.chooseAgain(task.known, container, message);
  if (bindings === undefined) return false;
  await runtime.remove(engineName(before));
  task.record(
    containerIs(container.name, {
      stage: 'PULLED',
      runtimeId: undefined,
      startUnanswered: false,
      ports: bindings,
    }),
  );
  return true;
}

async function stop(deps: StepDeps, task: TaskRecord, container: PayloadContainer): Promise<void> {
  const { runtime, config, clock } = deps;
  const id = engineName(containerOf(task.known, container.name));
  await runtime.stop(id, stopTimeout(config, container));
  if (isOver(task, container)) return;
  task.record(containerLookedAt(container.name, await runtime.inspect(id), clock.now()));
  if (!isOver(task, container)) throw new Error(`container ${container.name} still runs after its stop`);
}

function isOver({ known }: TaskRecord, { name }: PayloadContainer): boolean {
  const { stage, runsAgain } = containerOf(known, name);
  return stage === 'STOPPED' && runsAgain !== true;
}

/** Seconds between asking a container to end and killing it. */
const stopTimeout = (config: AgentConfig, container: PayloadContainer): number =>
  container.stopTimeout || config.containerStopTimeout / 1000;

async function cleanUp({ runtime, config, cgroups }: StepDeps, { known }: TaskRecord): Promise<void> {
  // One by one: volumesFrom and links make the engine refuse some orders while others are removed.
  for (const container of [...known.task.containers].reverse()) {
    const id = engineName(containerOf(known, container.name));
    // Somebody may have started it again, and the engine removes nothing that runs.
    await runtime.stop(id, stopTimeout(config, container));
    await runtime.remove(id);
  }
  await Promise.all(ownVolumes(known).map((volume) => runtime.removeVolume(volume)));
  if (hasLimits(known.task)) cgroups?.remove(lastPart(known.task.arn));
}

const engineName = ({ runtimeId, runtimeName }: KnownContainer): string => runtimeId ?? runtimeName;

const failureReason = (error: unknown, name: FailureName): string =>
  (error instanceof ContainerFailure ? error : new ContainerFailure(name, messageOf(error))).reason;
