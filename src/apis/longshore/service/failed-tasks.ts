// The tasks of a service's deployments that failed, in brief: DescribeDeploymentFailures tells all that is on record.
import { lastPart } from '../../../model/arn.ts';
import type { DeploymentFailure } from '../../../model/deployment-failure.ts';
import type { ReadTransaction } from '../../../store/store.ts';
import { deploymentFailures } from '../../../store/tables/deployment-failures.ts';
import type { FailedTask } from './contract.ts';

/** Of each container's last lines, the very last of them. */
const fewLines = 10;

/** Of the deployments or task sets with those ids, the latest first. */
export const failuresOf = (tx: ReadTransaction, ids: ReadonlySet<string>): readonly DeploymentFailure[] =>
  [...ids]
    .flatMap((id) => [...tx.table(deploymentFailures).by('deployment', id)])
    .sort((a, b) => b.number - a.number);

export const presentFailedTask = (failure: DeploymentFailure): FailedTask => ({
  taskArn: failure.taskArn,
  taskDefinition: lastPart(failure.taskDefinitionArn),
  deploymentId: failure.deploymentId,
  ...(failure.containerInstanceArn !== undefined && { containerInstanceArn: failure.containerInstanceArn }),
  stopCode: failure.stopCode ?? '',
  stoppedReason: failure.stoppedReason ?? '',
  stoppedAt: failure.stoppedAt / 1000,
  containers: failure.containers.map(({ name, exitCode, reason, lastLogLines, logProblem }) => ({
    name,
    ...(exitCode !== undefined && { exitCode }),
    ...(reason !== undefined && { reason }),
    ...(lastLogLines && { lastLogLines: lastLogLines.slice(-fewLines) }),
    ...(logProblem !== undefined && { logProblem }),
  })),
});
