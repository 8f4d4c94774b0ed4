// A failure of a deployment: one task of it that died by itself or of its health, with the evidence that its agent left.
import type { FailureEvidence } from './failure-evidence.ts';
import type { Scope } from './scope.ts';
import type { Container, StopCode, Task } from './task.ts';

/** How many are kept, the newest of each. */
export const keptFailuresOfDeployment = 50;
export const keptFailuresOfService = 200;

/** `start`: it never ran; `exit`: it ended though nobody had asked it to; `health`: it was stopped since its health checks failed. */
export type FailureCause = 'start' | 'exit' | 'health';

export interface FailedContainer extends Pick<
  Container,
  'name' | 'image' | 'imageDigest' | 'essential' | 'exitCode' | 'healthStatus'
> {
  /** In full where its agent told it so. */
  readonly reason?: string | undefined;
  /** The last lines that it wrote, oldest first; absent where its agent sent none. */
  readonly lastLogLines?: readonly string[] | undefined;
  /** Why there are no lines, of a container of which there could be some. */
  readonly logProblem?: string | undefined;
}

export interface DeploymentFailure extends Scope {
  readonly version: number;
  readonly serviceArn: string;
  /** The deployment's, or the task set's. */
  readonly deploymentId: string;
  /** Grows by one at each failure of the service. */
  readonly number: number;
  readonly cause: FailureCause;
  readonly taskArn: string;
  readonly taskDefinitionArn: string;
  readonly containerInstanceArn?: string | undefined;
  readonly stopCode?: StopCode | undefined;
  readonly stoppedReason?: string | undefined;
  readonly containers: readonly FailedContainer[];
  /** Epoch ms; without `startedAt` it never ran. */
  readonly createdAt: number;
  readonly startedAt?: number | undefined;
  readonly stoppedAt: number;
}

/** What ECS says of a task that its service stopped because of its health. */
export const healthReason = 'Task failed container health checks';

/**
 * Why the task's end is a failure of its deployment; undefined when it is none: it runs, or was asked to stop. One that ended
 * by itself has failed though some of its containers still stop.
 */
export function failureCause(
  task: Pick<Task, 'lastStatus' | 'stopCode' | 'stoppedReason'>,
): FailureCause | undefined {
  switch (task.stopCode) {
    case 'TaskFailedToStart':
      return 'start';
    case 'EssentialContainerExited':
      return 'exit';
    case 'ServiceSchedulerInitiated':
      return task.lastStatus === 'STOPPED' && task.stoppedReason === healthReason ? 'health' : undefined;
    default:
      return undefined;
  }
}

/** The failure that the end of `task` is, with what its agent sent along; undefined when it is none of a deployment. */
export function deploymentFailure(
  task: Task,
  evidence: FailureEvidence | undefined,
): Omit<DeploymentFailure, 'version' | 'number'> | undefined {
  const cause = failureCause(task);
  const { serviceArn, deploymentId, stoppedAt = task.stoppingAt } = task;
  if (cause === undefined || serviceArn === undefined || deploymentId === undefined) return undefined;
  return {
    accountId: task.accountId,
    region: task.region,
    serviceArn,
    deploymentId,
    cause,
    taskArn: task.arn,
    taskDefinitionArn: task.taskDefinitionArn,
    containerInstanceArn: task.containerInstanceArn,
    stopCode: task.stopCode,
    stoppedReason: inFull(task.stoppedReason, evidence?.reason),
    containers: task.containers.map((container) => failedContainer(container, evidence)),
    createdAt: task.createdAt,
    startedAt: task.startedAt,
    stoppedAt: stoppedAt ?? task.createdAt,
  };
}

/** What is on record of a task that had failed, with what is told of it `later`: the agent leaves the same evidence but once. */
export const withLater = (
  earlier: DeploymentFailure,
  later: Omit<DeploymentFailure, 'version' | 'number'>,
): DeploymentFailure => ({
  ...earlier,
  ...later,
  stoppedReason: inFull(later.stoppedReason, earlier.stoppedReason),
  containers: later.containers.map((container) => {
    const before = earlier.containers.find(({ name }) => name === container.name);
    return {
      ...container,
      reason: inFull(container.reason, before?.reason),
      lastLogLines: container.lastLogLines ?? before?.lastLogLines,
      logProblem: container.logProblem ?? before?.logProblem,
    };
  }),
});

function failedContainer(container: Container, evidence: FailureEvidence | undefined): FailedContainer {
  const { name, image, imageDigest, essential, exitCode, healthStatus, reason } = container;
  const left = evidence?.containers.find(({ containerName }) => containerName === name);
  const known = { name, image, imageDigest, essential, exitCode, healthStatus };
  return {
    ...known,
    reason: inFull(reason, left?.reason),
    lastLogLines: left?.lastLogLines,
    logProblem: left?.logProblem,
  };
}

/** The longer text, where it only goes on where the wire's limit cut the other one off. */
const inFull = (cut: string | undefined, full: string | undefined): string | undefined =>
  full !== undefined && (cut === undefined || full.startsWith(cut)) ? full : cut;
