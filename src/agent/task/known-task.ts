// What the agent knows of a task: the order it was given, how far each container is, and what it has told the control plane.
import type { PayloadContainer, PayloadTask } from '../../agent-protocol/messages.ts';
import type { PortBinding } from '../engine/runtime.ts';
import type { ContainerStatus, HealthStatus } from '../../agent-protocol/container-report.ts';

/** In the order that a container passes through them; it never goes back once it ran. */
export const containerStages = ['NONE', 'PULLED', 'CREATED', 'RUNNING', 'STOPPED'] as const;
export type ContainerStage = (typeof containerStages)[number];

export type ReportedStatus = 'NONE' | ContainerStatus;

export interface KnownContainer {
  readonly stage: ContainerStage;
  /** Its name in the engine, chosen and saved before it is created, so that a crash never makes a second one. */
  readonly runtimeName: string;
  readonly runtimeId?: string | undefined;
  readonly imageDigest?: string | undefined;
  readonly imageId?: string | undefined;
  /** Published ports, host ports already chosen. */
  readonly ports: readonly PortBinding[];
  readonly exitCode?: number | undefined;
  readonly reason?: string | undefined;
  /** Epoch ms, all three. */
  readonly createdAt?: number | undefined;
  readonly startedAt?: number | undefined;
  readonly finishedAt?: number | undefined;
  readonly health?: { readonly status: HealthStatus; readonly since: number } | undefined;
  /** The engine was asked to start it and gave no answer: before it is asked again, it is to be looked at. */
  readonly startUnanswered?: boolean | undefined;
  /** Somebody else started it after its end, which is final: it is to be stopped again, and nothing of it is reported. */
  readonly runsAgain?: boolean | undefined;
  /** The last status that the control plane accepted. */
  readonly reported: ReportedStatus;
}

export interface KnownTask {
  readonly task: PayloadTask;
  /** Order of arrival: tasks that wait for resources are served in it. */
  readonly order: number;
  /** As the control plane wants it; see `wantsStop` for what the agent makes of it. */
  readonly desiredStatus: 'RUNNING' | 'STOPPED';
  /** Whether its resources are set aside. */
  readonly admitted: boolean;
  /** Docker's name of each volume of the task. */
  readonly volumes: Readonly<Record<string, string>>;
  /** Whether what its containers need besides resources is there: volumes, and a cgroup for its own limits. */
  readonly prepared: boolean;
  /** Why the task as a whole cannot run. */
  readonly reason?: string | undefined;
  /** It ended by no fault of its own: its host, engine or agent lost it. */
  readonly endedByHost?: boolean | undefined;
  readonly containers: Readonly<Record<string, KnownContainer>>;
  /** Epoch ms, all of them. */
  readonly pullStartedAt?: number | undefined;
  readonly pullStoppedAt?: number | undefined;
  readonly executionStoppedAt?: number | undefined;
  readonly stoppedAt?: number | undefined;
  readonly cleanupAt?: number | undefined;
  readonly reported: ReportedStatus;
}

/** The container called `name`; throws on a name that the task does not have. */
export function containerOf(known: KnownTask, name: string): KnownContainer {
  const container = known.containers[name];
  if (container === undefined) throw new Error(`no container ${name} in ${known.task.arn}`);
  return container;
}

export const stageOf = (known: KnownTask, container: PayloadContainer): ContainerStage =>
  containerOf(known, container.name).stage;

/** Whether `stage` is at or beyond `least`. */
export const hasReached = (stage: ContainerStage, least: ContainerStage): boolean =>
  containerStages.indexOf(stage) >= containerStages.indexOf(least);

export const isStopped = (known: KnownTask): boolean =>
  Object.values(known.containers).every(({ stage }) => stage === 'STOPPED');

const essentialContainers = (known: KnownTask): readonly KnownContainer[] =>
  known.task.containers
    .filter(({ essential }) => essential === true)
    .map(({ name }) => containerOf(known, name));

/** Whether an essential container has ended, which ends the task. */
export const essentialStopped = (known: KnownTask): boolean =>
  essentialContainers(known).some(({ stage }) => stage === 'STOPPED');

/** Whether the control plane has been told that an essential container has ended. */
export const essentialStopReported = (known: KnownTask): boolean =>
  essentialContainers(known).some(({ reported }) => reported === 'STOPPED');

/** Whether the task is to be brought to an end: asked for, impossible to run, or without an essential container. */
export const wantsStop = (known: KnownTask): boolean =>
  known.desiredStatus === 'STOPPED' || known.reason !== undefined || essentialStopped(known);

/** The task's status on the wire. It is RUNNING only once every container got that far and no essential one has ended. */
export function taskStatus(known: KnownTask): ContainerStatus {
  if (isStopped(known)) return 'STOPPED';
  if (known.reported === 'RUNNING') return 'RUNNING';
  const started = Object.values(known.containers).every(({ stage }) => hasReached(stage, 'RUNNING'));
  return started && !essentialStopped(known) ? 'RUNNING' : 'PENDING';
}

/** Epoch ms of the latest that is known to have happened to the tasks; 0 where nothing is. */
export const latestInstant = (tasks: Iterable<KnownTask>): number =>
  Iterator.from(tasks)
    .flatMap(({ pullStartedAt, pullStoppedAt, executionStoppedAt, stoppedAt, containers }) => [
      ...[pullStartedAt, pullStoppedAt, executionStoppedAt, stoppedAt],
      ...Object.values(containers).flatMap((one) => [one.createdAt, one.startedAt, one.finishedAt]),
    ])
    .reduce<number>((latest, at = 0) => Math.max(latest, at), 0);
