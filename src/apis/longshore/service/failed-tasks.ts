// The tasks of a service that ended without anybody having asked them to.
import { lastPart } from '../../../model/arn.ts';
import type { Task } from '../../../model/task.ts';
import type { ReadTransaction } from '../../../store/store.ts';
import { tasks } from '../../../store/tables/tasks.ts';
import type { FailedTask } from './contract.ts';

/** It did not start, ended by itself, or was replaced because of its health, of which ECS says `Task failed … health checks`. */
const hasFailed = ({ lastStatus, stopCode, stoppedReason = '' }: Task): boolean =>
  lastStatus === 'STOPPED' &&
  (stopCode === 'TaskFailedToStart' ||
    stopCode === 'EssentialContainerExited' ||
    (stopCode === 'ServiceSchedulerInitiated' && stoppedReason.startsWith('Task failed ')));

/** Of the deployments or task sets with those ids, the latest first, as long as stopped tasks are kept. */
export function failedTasksOf(
  tx: ReadTransaction,
  clusterArn: string,
  ids: ReadonlySet<string>,
): readonly Task[] {
  return [...ids]
    .flatMap((id) => [...tx.table(tasks).by('startedByDesired', `${clusterArn}/STOPPED/${id}`)])
    .filter(hasFailed)
    .sort((a, b) => (b.stoppedAt ?? 0) - (a.stoppedAt ?? 0));
}

export const presentFailedTask = (task: Task): FailedTask => ({
  taskArn: task.arn,
  taskDefinition: lastPart(task.taskDefinitionArn),
  deploymentId: task.deploymentId ?? '',
  ...(task.containerInstanceArn === undefined ? {} : { containerInstanceArn: task.containerInstanceArn }),
  stopCode: task.stopCode ?? '',
  stoppedReason: task.stoppedReason ?? '',
  stoppedAt: (task.stoppedAt ?? 0) / 1000,
  containers: task.containers.map(({ name, exitCode, reason }) => ({
    name,
    ...(exitCode === undefined ? {} : { exitCode }),
    ...(reason === undefined ? {} : { reason }),
  })),
});
