// A task that died by itself or of its health, with the evidence that its agent left: of a service's deployment, or of none.
import { failureCause, type FailureCause } from './failure-cause.ts';
import type { FailureEvidence } from '../../../../agent-protocol/failure-evidence.ts';
import type { Scope } from '../../../shared/scope.ts';
import type { Container, StopCode, Task } from './task.ts';

/** How many are kept, the newest of each; of a cluster those of tasks that no service ran. */
export const keptFailuresOfDeployment = 50;
export const keptFailuresOfOwner = 200;

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

export interface TaskFailure extends Scope {
  readonly version: number;
  /** Absent in records of services that are older than those of lone tasks. */
  readonly clusterArn?: string | undefined;
  /** Absent of a task that no service ran. */
  readonly serviceArn?: string | undefined;
  /** The deployment's, or the task set's. */
  readonly deploymentId?: string | undefined;
  /** Grows by one at each failure of its owner. */
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

/** The ARN of the service that ran the task, else of its cluster. */
export const failureOwner = ({
  serviceArn,
  clusterArn,
}: Pick<TaskFailure, 'serviceArn' | 'clusterArn'>): string => serviceArn ?? clusterArn ?? '';

/** The failure that the end of `task` is, with what its agent sent along; undefined when it is none. */
export function taskFailure(
  task: Task,
  evidence: FailureEvidence | undefined,
): Omit<TaskFailure, 'version' | 'number'> | undefined {
  const cause = failureCause(task);
  const { serviceArn, deploymentId, stoppedAt = task.stoppingAt } = task;
  if (cause === undefined || (serviceArn === undefined && cause === 'exit' && hasDoneItsWork(task)))
    return undefined;
  return {
    accountId: task.accountId,
    region: task.region,
    clusterArn: task.clusterArn,
    ...(serviceArn !== undefined && { serviceArn, deploymentId }),
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

/** What is killed because the others have done their work ends with one of these. */
const killed: readonly (number | undefined)[] = [137, 143, undefined];

/** Of a task that is to end: its essential containers ended well, and none of them otherwise than by that. */
function hasDoneItsWork({ containers }: Task): boolean {
  const codes = containers.filter(({ essential }) => essential).map(({ exitCode }) => exitCode);
  return codes.includes(0) && codes.every((code) => code === 0 || killed.includes(code));
}

/** What is on record of a task that had failed, with what is told of it `later`: the agent leaves the same evidence but once. */
export const withLater = (
  earlier: TaskFailure,
  later: Omit<TaskFailure, 'version' | 'number'>,
): TaskFailure => ({
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
