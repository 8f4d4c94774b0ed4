// A failed task with all that is on record of it.
import type { TaskFailure } from '../../aws/ecs/state/task/task-failure.ts';
import type { ReadTransaction } from '../../store/store.ts';
import { containerInstances } from '../../aws/ecs/state/instance/container-instances.ts';
import { deployments } from '../../aws/ecs/state/service/deployment/deployments.ts';
import { invalidParameter } from '../errors.ts';
import type { ShownTaskFailure } from '../contract.ts';

const resultLimit = 50;

/** How many to answer; throws InvalidParameterException where that is none, or too many. */
export function resultCount(maxResults = 10): number {
  if (maxResults >= 1 && maxResults <= resultLimit) return maxResults;
  throw invalidParameter(`maxResults must be between 1 and ${resultLimit}.`);
}

export function presentFailure(tx: ReadTransaction, failure: TaskFailure): ShownTaskFailure {
  const { deploymentId } = failure;
  const [deployment] = deploymentId === undefined ? [] : tx.table(deployments).by('id', { id: deploymentId });
  const { containerInstanceArn } = failure;
  const instance =
    containerInstanceArn === undefined ? undefined : tx.table(containerInstances).get(containerInstanceArn);
  return {
    deploymentId,
    serviceDeploymentArn: deployment?.serviceDeploymentArn,
    cause: failure.cause,
    taskArn: failure.taskArn,
    taskDefinitionArn: failure.taskDefinitionArn,
    containerInstanceArn,
    ec2InstanceId: instance?.ec2InstanceId,
    stopCode: failure.stopCode,
    stoppedReason: failure.stoppedReason,
    createdAt: failure.createdAt / 1000,
    startedAt: failure.startedAt === undefined ? undefined : failure.startedAt / 1000,
    stoppedAt: failure.stoppedAt / 1000,
    containers: failure.containers,
  };
}
