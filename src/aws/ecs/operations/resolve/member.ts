// From a task's or container instance's id or ARN to the ARN it stands for inside a cluster.
import { containerInstanceArn, taskArn } from '../../state/arn.ts';
import type { Cluster } from '../../state/cluster/cluster.ts';
import type { ContainerInstance } from '../../state/instance/container-instance.ts';
import type { Task } from '../../state/task/task.ts';
import type { ReadTransaction } from '../../../../store/store.ts';
import { containerInstances } from '../../state/instance/container-instances.ts';
import { tasks } from '../../state/task/tasks.ts';
import { invalidParameter } from '../../errors.ts';
import { nameInCluster } from './identifier.ts';

/** 32 hex digits, or a UUID of the time before long ARNs. */
const lengths = new Set([32, 36]);

function memberId(
  cluster: Cluster,
  reference: string,
  type: 'task' | 'container-instance',
  idName: string,
): string {
  const id = nameInCluster(cluster, reference, type);
  if (!lengths.has(id.length)) throw invalidParameter(`${idName} length should be one of [32,36]`);
  return id;
}

/** The ARN of a task reference; throws InvalidParameterException when it can be no task of this cluster. */
export const taskArnOf = (cluster: Cluster, reference: string): string =>
  taskArn(cluster, cluster.name, memberId(cluster, reference, 'task', 'taskId'));

/** The ARN of a container instance reference; throws InvalidParameterException like `taskArnOf`. */
export const containerInstanceArnOf = (cluster: Cluster, reference: string): string =>
  containerInstanceArn(
    cluster,
    cluster.name,
    memberId(cluster, reference, 'container-instance', 'containerInstanceId'),
  );

/** The task, if it is in this cluster. */
export const taskIn = (tx: ReadTransaction, cluster: Cluster, reference: string): Task | undefined =>
  tx.table(tasks).get(taskArnOf(cluster, reference));

/** The container instance, if it is in this cluster; INACTIVE ones included. */
export const instanceIn = (
  tx: ReadTransaction,
  cluster: Cluster,
  reference: string,
): ContainerInstance | undefined =>
  tx.table(containerInstances).get(containerInstanceArnOf(cluster, reference));
