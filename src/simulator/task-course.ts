// The course of a task without an engine: how what is known of it changes when it starts, fails, exits and stops. Pure.
import { createHash } from 'node:crypto';
import type { HealthStatus } from '../agent-protocol/container-report.ts';
import type { PayloadContainer, PayloadTask } from '../agent-protocol/messages.ts';
import { containerIs, containerStopped, type Change } from '../agent/task/changes.ts';
import { containerOf, type KnownContainer, type KnownTask } from '../agent/task/known-task.ts';
import type { PortBinding } from '../agent/engine/runtime.ts';
import { hexId } from '../lib/ids.ts';
import type { Random } from '../lib/random.ts';
import type { StartFailure } from './behaviour.ts';

/** What a container that is told to stop and listens exits with: 128 + SIGTERM. */
const terminated = 143;

/** `task` without what nobody asks for once its ports are chosen: a fleet holds very many. */
const lightTask = (task: PayloadTask): PayloadTask => ({
  arn: task.arn,
  taskClusterArn: task.taskClusterArn,
  family: task.family,
  version: task.version,
  desiredStatus: task.desiredStatus,
  containers: task.containers.map(({ name, image, essential, dependsOn, healthCheckType }) => ({
    name,
    image,
    essential,
    dependsOn,
    healthCheckType,
  })),
});

/** `task` as just received, at its place in the order of arrival; `ports` by container. */
export function receivedTask(
  task: PayloadTask,
  order: number,
  ports: ReadonlyMap<string, readonly PortBinding[]>,
  now: number,
): KnownTask {
  const containers = task.containers.map(({ name }): [string, KnownContainer] => [
    name,
    { stage: 'NONE', runtimeName: name, ports: ports.get(name) ?? [], reported: 'NONE' },
  ]);
  return {
    task: lightTask(task),
    order,
    desiredStatus: task.desiredStatus,
    admitted: true,
    volumes: {},
    prepared: true,
    containers: Object.fromEntries(containers),
    pullStartedAt: task.desiredStatus === 'RUNNING' ? now : undefined,
    reported: 'NONE',
  };
}

/** Every container runs from `now` (epoch ms), but those that others wait for to complete: they have. Its checks say nothing yet. */
export function started(now: number, random: Random): Change {
  return (known) => {
    const pulled: KnownTask = { ...known, pullStoppedAt: pullEnd(known, now) };
    const completing = awaitedToComplete(known.task);
    return known.task.containers.reduce((task, container) => {
      const running = containerIs(container.name, runningFields(container, now, random))(task);
      return completing.has(container.name)
        ? containerStopped(container.name, { exitCode: 0, at: now })(running)
        : running;
    }, pulled);
  };
}

const runningFields = (
  { image }: PayloadContainer,
  now: number,
  random: Random,
): Partial<KnownContainer> => ({
  stage: 'RUNNING',
  runtimeId: hexId(random, 64),
  imageDigest: imageDigest(image),
  createdAt: now,
  startedAt: now,
});

/** The health checks of what runs say `status` from `now` on. */
export const checked =
  (status: HealthStatus, now: number): Change =>
  (known) =>
    known.task.containers
      .filter(({ name, healthCheckType }) => {
        const { stage, health } = containerOf(known, name);
        return healthCheckType === 'docker' && stage === 'RUNNING' && health?.status !== status;
      })
      .reduce((task, { name }) => containerIs(name, { health: { status, since: now } })(task), known);

/** Images come in half the time that a task takes to start. */
const pullEnd = ({ pullStartedAt = 0 }: KnownTask, now: number): number =>
  Math.round((pullStartedAt + now) / 2);

const digests = new Map<string, string>();
const maxDigests = 1_000;

/** The one in the name, or one that is always the same for the same name. */
function imageDigest(image: string): string {
  const known = image.split('@')[1] ?? digests.get(image);
  if (known !== undefined) return known;
  const digest = `sha256:${createHash('sha256').update(image).digest('hex')}`;
  if (digests.size < maxDigests) digests.set(image, digest);
  return digest;
}

function awaitedToComplete({ containers }: PayloadTask): ReadonlySet<string> {
  const awaited = containers.flatMap(({ dependsOn = [] }) =>
    dependsOn.filter(({ condition }) => condition === 'COMPLETE' || condition === 'SUCCESS'),
  );
  return new Set(awaited.map(({ containerName }) => containerName));
}

/** No container ever runs; the first essential one says why. */
export function failedToStart(failure: StartFailure, now: number): Change {
  return (known) => {
    const culprit = firstEssential(known.task);
    const pulled = failure === 'CannotPullContainerError' ? now : pullEnd(known, now);
    const failed = containerStopped(culprit.name, { reason: failureText(failure, culprit.image), at: now });
    return stopped(now)(failed({ ...known, pullStoppedAt: pulled }));
  };
}

const failureText = (failure: StartFailure, image: string): string =>
  ({
    CannotPullContainerError: `CannotPullContainerError: pull access denied for ${image} (simulated)`,
    CannotCreateContainerError: 'CannotCreateContainerError: no space left on device (simulated)',
    CannotStartContainerError: 'CannotStartContainerError: exec format error (simulated)',
  })[failure];

/** The first essential container exits by itself. */
export const exited =
  (exitCode: number, now: number): Change =>
  (known) =>
    containerStopped(firstEssential(known.task).name, { exitCode, at: now })(known);

/** ECS has no task without an essential container; should one come all the same, its first counts. */
const firstEssential = ({ containers }: PayloadTask): PayloadContainer =>
  containers.find(({ essential }) => essential === true) ?? containers[0]!;

/** What still runs was told to stop and did; what never ran never will. */
export const stopped =
  (now: number): Change =>
  (known) =>
    Object.entries(known.containers).reduce(
      (task, [name, { stage }]) =>
        containerStopped(name, stage === 'RUNNING' ? { exitCode: terminated, at: now } : { at: now })(task),
      known,
    );
