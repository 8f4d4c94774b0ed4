// How a task's state follows from where it is placed, how its observed state follows from what its agent reports, and what ECS says of why it stopped. Pure.
// Statuses only go forward; a report that would go back changes nothing.
import type { PlacedInstance } from './placed-instance.ts';
import {
  isProvisioning,
  taskStatuses,
  type Container,
  type StopCode,
  type Task,
  type TaskStatus,
} from './task.ts';
import { attributeValue } from '../../../../agent-protocol/attribute.ts';
import { type ContainerStatus, type NetworkBinding } from '../../../../agent-protocol/container-report.ts';
import { stopCause } from './stopped-reason.ts';
import { withoutProvisioning } from './task-scheduling.ts';

export interface ContainerReport {
  readonly name: string;
  readonly status?: ContainerStatus | undefined;
  readonly runtimeId?: string | undefined;
  readonly imageDigest?: string | undefined;
  readonly exitCode?: number | undefined;
  readonly reason?: string | undefined;
  readonly networkBindings?: readonly NetworkBinding[] | undefined;
}

/** What an agent says of a task; times in epoch ms. */
export interface TaskReport {
  readonly status?: TaskStatus | undefined;
  readonly reason?: string | undefined;
  /** It ends by no fault of its own, as its agent says. */
  readonly endedByHost?: boolean | undefined;
  /** In order; the same container may come twice. */
  readonly containers: readonly ContainerReport[];
  readonly pullStartedAt?: number | undefined;
  readonly pullStoppedAt?: number | undefined;
  readonly executionStoppedAt?: number | undefined;
}

const containerOrder: readonly ContainerStatus[] = ['PENDING', 'RUNNING', 'STOPPED'];

/** The later of two task statuses. */
export const laterStatus = (a: TaskStatus, b: TaskStatus): TaskStatus =>
  taskStatuses.indexOf(a) >= taskStatuses.indexOf(b) ? a : b;

/** The task after `report`, at `now` (epoch ms). A STOPPED task, and a report that says nothing new, give the very same task back. */
export function applyTaskReport(task: Task, report: TaskReport, now: number): Task {
  if (task.lastStatus === 'STOPPED') return task;
  const containers = report.containers.reduce(applyContainerReport, task.containers);
  const lastStatus = laterStatus(task.lastStatus, report.status ?? task.lastStatus);
  const next: Task = {
    ...task,
    containers,
    lastStatus,
    pullStartedAt: task.pullStartedAt ?? report.pullStartedAt,
    pullStoppedAt: task.pullStoppedAt ?? report.pullStoppedAt,
    executionStoppedAt: task.executionStoppedAt ?? report.executionStoppedAt,
    startedAt: task.startedAt ?? (lastStatus === 'RUNNING' ? now : undefined),
    ...(report.endedByHost && { endedByHost: true }),
  };
  const reason = report.reason ?? '';
  if (lastStatus === 'STOPPED') return stopped(next, reason, now);
  return withEnd(sameTask(task, next) ? task : next, reason, now);
}

/** An essential container that ended ends its task at once, however long the others take to stop. */
function withEnd(task: Task, agentReason: string, now: number): Task {
  const ended = task.containers.filter(({ lastStatus }) => lastStatus === 'STOPPED');
  if (!ended.some(({ essential }) => essential) || task.desiredStatus === 'STOPPED') return task;
  const { stopCode, stoppedReason } = stopCause({ ...task, containers: ended }, agentReason);
  return wantStopped(task, stopCode, stoppedReason, now);
}

/** The task on the instance that it was placed on, PENDING: from here on it is its agent's. */
export const placeOn = <T extends Omit<Task, 'version'>>(task: T, instance: PlacedInstance): T => ({
  ...task,
  containerInstanceArn: instance.arn,
  availabilityZone: attributeValue(instance.attributes, 'ecs.availability-zone'),
  cpuArchitecture: attributeValue(instance.attributes, 'ecs.cpu-architecture'),
  lastStatus: 'PENDING',
  scheduling: withoutProvisioning(task),
  ...(instance.grantedGpuIds && withGpus(task, instance.grantedGpuIds)),
});

/** Each container gets its number of the GPUs, in order. */
function withGpus(
  { containers, resources }: Omit<Task, 'version'>,
  gpuIds: readonly string[],
): Pick<Task, 'containers' | 'resources'> {
  let granted = 0;
  return {
    resources: { ...resources, gpuIds },
    containers: containers.map((container) => {
      const { gpus = 0 } = container;
      if (gpus === 0) return container;
      return { ...container, gpuIds: gpuIds.slice(granted, (granted += gpus)) };
    }),
  };
}

/**
 * The task asked to stop: `desiredStatus` STOPPED with its cause; the first cause stays. One that waits for capacity
 * has no agent to stop it and is STOPPED at once.
 */
export function askToStop(task: Task, stopCode: StopCode, stoppedReason: string, now: number): Task {
  if (task.desiredStatus === 'STOPPED') return task;
  if (isProvisioning(task)) return endTask(task, stopCode, stoppedReason, now);
  return wantStopped(task, stopCode, stoppedReason, now);
}

const wantStopped = (task: Task, stopCode: StopCode, stoppedReason: string, now: number): Task => ({
  ...task,
  desiredStatus: 'STOPPED',
  stopCode,
  stoppedReason,
  stoppingAt: now,
});

/** The task ended without a word from its agent, as after a forced deregistration. */
export function endTask(task: Task, stopCode: StopCode, stoppedReason: string, now: number): Task {
  if (task.lastStatus === 'STOPPED') return task;
  const asked = task.desiredStatus === 'STOPPED' ? task : wantStopped(task, stopCode, stoppedReason, now);
  return stopped({ ...asked, lastStatus: 'STOPPED', scheduling: withoutProvisioning(task) }, '', now);
}

function applyContainerReport(
  containers: readonly Container[],
  report: ContainerReport,
): readonly Container[] {
  return containers.map((container) =>
    container.name === report.name ? reported(container, report) : container,
  );
}

/** An entry that comes late fills gaps and overwrites nothing: once a container STOPPED, every entry is late. */
function reported(container: Container, report: ContainerReport): Container {
  const status = report.status ?? 'PENDING';
  const late =
    container.lastStatus === 'STOPPED' ||
    containerOrder.indexOf(status) < containerOrder.indexOf(container.lastStatus);
  const [first, second] = late ? [container, report] : [report, container];
  return {
    ...container,
    lastStatus: late ? container.lastStatus : status,
    runtimeId: first.runtimeId || second.runtimeId || undefined,
    imageDigest: first.imageDigest || second.imageDigest || undefined,
    exitCode: first.exitCode ?? second.exitCode,
    reason: first.reason || second.reason || undefined,
    networkBindings: (first.networkBindings?.length ? first : second).networkBindings ?? [],
  };
}

function stopped(task: Task, agentReason: string, now: number): Task {
  const cause = task.desiredStatus === 'STOPPED' ? undefined : stopCause(task, agentReason);
  return {
    ...task,
    desiredStatus: 'STOPPED',
    containers: task.containers.map((container) =>
      container.lastStatus === 'STOPPED' ? container : { ...container, lastStatus: 'STOPPED' },
    ),
    stopCode: cause?.stopCode ?? task.stopCode,
    stoppedReason: cause?.stoppedReason ?? task.stoppedReason,
    // ECS keeps no tags of what is no longer there.
    tags: [],
    stoppingAt: task.stoppingAt ?? now,
    stoppedAt: now,
  };
}

const sameTask = (a: Task, b: Task): boolean =>
  a.lastStatus === b.lastStatus &&
  a.pullStartedAt === b.pullStartedAt &&
  a.pullStoppedAt === b.pullStoppedAt &&
  a.executionStoppedAt === b.executionStoppedAt &&
  a.startedAt === b.startedAt &&
  a.containers.every((container, at) => sameFields(container, b.containers[at]!));

const sameFields = (a: Container, b: Container): boolean =>
  a.lastStatus === b.lastStatus &&
  a.runtimeId === b.runtimeId &&
  a.imageDigest === b.imageDigest &&
  a.exitCode === b.exitCode &&
  a.reason === b.reason &&
  JSON.stringify(a.networkBindings) === JSON.stringify(b.networkBindings);
