// What the control plane has yet to be told of a task. Pure: the difference between what is known and what was accepted.
import type { PayloadContainer, LastKnownStatuses } from '../../agent-protocol/messages.ts';
import type { FailureEvidence } from '../../agent-protocol/failure-evidence.ts';
import {
  containerOf,
  essentialStopped,
  essentialStopReported,
  taskStatus,
  type ContainerStage,
  type KnownContainer,
  type KnownTask,
  type ReportedStatus,
} from './known-task.ts';
import { networkBinding } from './network-binding.ts';
import type { ContainerStatus, NetworkBinding } from '../../agent-protocol/container-report.ts';

/** One container's part of a report. */
export interface ContainerStateChange {
  readonly containerName: string;
  readonly status: ContainerStatus;
  readonly runtimeId?: string | undefined;
  readonly imageDigest?: string | undefined;
  readonly exitCode?: number | undefined;
  readonly reason?: string | undefined;
  readonly networkBindings?: readonly NetworkBinding[] | undefined;
}

/** The input of SubmitTaskStateChange; times are epoch seconds. */
export interface TaskStateChange {
  readonly cluster: string;
  readonly task: string;
  readonly status: ContainerStatus;
  readonly reason: string;
  readonly containers: readonly ContainerStateChange[];
  readonly pullStartedAt?: number | undefined;
  readonly pullStoppedAt?: number | undefined;
  readonly executionStoppedAt?: number | undefined;
  /** A member of Longshore's own, which ECS ignores. */
  readonly longshoreFailure?: FailureEvidence | undefined;
  /** Likewise: it ended by no fault of its own. */
  readonly longshoreEndedByHost?: boolean | undefined;
}

export interface Report {
  readonly change: Omit<TaskStateChange, 'cluster'>;
  /** Whether the task itself moved on, which is told at once; the rest may wait a moment for company. */
  readonly urgent: boolean;
  /** Whether it is the first to tell that the task ends, or the one that tells that it has. */
  readonly tellsOfEnd: boolean;
  /** What will have been reported of each container once this is accepted. */
  readonly reported: Readonly<Record<string, ContainerStatus>>;
}

const maxReason = 1024;
const maxId = 255;

const order: readonly ReportedStatus[] = ['NONE', 'PENDING', 'RUNNING', 'STOPPED'];
const isLater = (one: ReportedStatus, other: ReportedStatus): boolean =>
  order.indexOf(one) > order.indexOf(other);

const statusOf = (stage: ContainerStage): ContainerStatus =>
  stage === 'RUNNING' || stage === 'STOPPED' ? stage : 'PENDING';

/**
 * The report due for `known`, or undefined when all has been told. `attempted` is the status of a try whose outcome is not known:
 * it may have been taken, so nothing earlier may be told after it.
 */
export function nextReport(known: KnownTask, attempted?: ContainerStatus): Report | undefined {
  const current = taskStatus(known);
  const status = attempted !== undefined && isLater(attempted, current) ? attempted : current;
  const fresh = known.task.containers.flatMap((container) => containerChanges(known, container));
  const urgent = isLater(status, known.reported) && status !== 'PENDING';
  if (!urgent && fresh.length === 0) return undefined;
  const ends = essentialStopped(known) && !essentialStopReported(known);
  return {
    urgent,
    tellsOfEnd: ends || status === 'STOPPED',
    reported: Object.fromEntries(
      fresh.map(({ containerName, status: lastKnown }) => [containerName, lastKnown]),
    ),
    change: {
      task: known.task.arn,
      status,
      reason: known.reason?.slice(0, maxReason) ?? '',
      containers: fresh,
      pullStartedAt: seconds(known.pullStartedAt),
      pullStoppedAt: seconds(known.pullStoppedAt),
      executionStoppedAt: seconds(known.executionStoppedAt),
      ...(known.endedByHost && { longshoreEndedByHost: true }),
    },
  };
}

/** A container that ran and ended before anything was said of it is told of twice, in order. */
function containerChanges(known: KnownTask, { name }: PayloadContainer): readonly ContainerStateChange[] {
  const container = containerOf(known, name);
  const status = statusOf(container.stage);
  const ran = status === 'STOPPED' && container.startedAt !== undefined;
  const steps: readonly ContainerStatus[] = ran ? ['RUNNING', 'STOPPED'] : [status];
  return steps
    .filter((step) => isLater(step, container.reported) && isWorthTelling(step, container))
    .map((step) => containerChange(name, container, step));
}

/** Before a container runs, only the digest of its image is reported. */
const isWorthTelling = (status: ContainerStatus, { imageDigest }: KnownContainer): boolean =>
  status !== 'PENDING' || imageDigest !== undefined;

function containerChange(
  containerName: string,
  container: KnownContainer,
  status: ContainerStatus,
): ContainerStateChange {
  const ended = status === 'STOPPED';
  const ran = status !== 'PENDING' && container.startedAt !== undefined;
  const { ports } = container;
  return {
    containerName,
    status,
    runtimeId: container.runtimeId?.slice(0, maxId),
    imageDigest: container.imageDigest?.slice(0, maxId),
    exitCode: ended ? container.exitCode : undefined,
    // While a container runs, its reason is a warning; once it ended, why it did.
    reason: ended || container.stage !== 'STOPPED' ? container.reason?.slice(0, maxReason) : undefined,
    networkBindings: ran && ports.length > 0 ? ports.map(networkBinding) : undefined,
  };
}

const seconds = (time: number | undefined): number | undefined =>
  time === undefined ? undefined : time / 1000;

/** The task after `report` was accepted. */
export function reportAccepted(known: KnownTask, report: Report): KnownTask {
  const containers = { ...known.containers };
  for (const [name, reported] of Object.entries(report.reported)) {
    containers[name] = { ...containerOf(known, name), reported };
  }
  return { ...known, containers, reported: report.change.status };
}

/** The task with no more marked as reported than the control plane says it was told: it may have been set back to an earlier state. */
export function reportedAtMost(known: KnownTask, lastKnown: LastKnownStatuses): KnownTask {
  const containers = Object.entries(known.containers).map(([name, container]) => {
    const reported = earlier(container.reported, lastKnown.containers[name] ?? 'NONE');
    return [name, reported === container.reported ? container : { ...container, reported }] as const;
  });
  const reported = earlier(known.reported, lastKnown.status);
  const isSame = containers.every(([name, container]) => container === known.containers[name]);
  if (isSame && reported === known.reported) return known;
  return { ...known, reported, containers: Object.fromEntries(containers) };
}

const earlier = (one: ReportedStatus, other: ReportedStatus): ReportedStatus =>
  isLater(one, other) ? other : one;
