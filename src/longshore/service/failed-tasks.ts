// The tasks of a service's deployments that failed, in brief: DescribeDeploymentFailures tells all that is on record.
import type { FailedContainer, TaskFailure } from '../../aws/ecs/state/task/task-failure.ts';
import type { ReadTransaction } from '../../store/store.ts';
import { taskFailures } from '../../aws/ecs/state/task/task-failures.ts';
import type { FailedTask } from '../contract.ts';
import { lastPart } from '../../lib/arn.ts';

/** Of each container's last lines, the very last of them. */
const fewLines = 10;

/** Of the deployments or task sets with those ids, the latest first. */
export const failuresOf = (tx: ReadTransaction, ids: ReadonlySet<string>): readonly TaskFailure[] =>
  [...ids]
    .flatMap((id) => [...tx.table(taskFailures).by('deployment', { deploymentId: id })])
    .sort((a, b) => b.number - a.number);

export const presentFailedTask = (failure: TaskFailure): FailedTask => ({
  taskArn: failure.taskArn,
  taskDefinition: lastPart(failure.taskDefinitionArn),
  deploymentId: failure.deploymentId ?? '',
  ...(failure.containerInstanceArn !== undefined && { containerInstanceArn: failure.containerInstanceArn }),
  stopCode: failure.stopCode ?? '',
  stoppedReason: failure.stoppedReason ?? '',
  stoppedAt: failure.stoppedAt / 1000,
  containers: failure.containers.map(presentFailedContainer),
});

export const presentFailedContainer = ({
  name,
  exitCode,
  reason,
  lastLogLines,
  logProblem,
}: Pick<
  FailedContainer,
  'name' | 'exitCode' | 'reason' | 'lastLogLines' | 'logProblem'
>): FailedTask['containers'][number] => ({
  name,
  ...(exitCode !== undefined && { exitCode }),
  ...(reason !== undefined && { reason }),
  ...(lastLogLines && { lastLogLines: lastLogLines.slice(-fewLines) }),
  ...(logProblem !== undefined && { logProblem }),
});
