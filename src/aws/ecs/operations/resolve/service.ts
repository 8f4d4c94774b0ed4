// From a service's name or ARN to the service inside a cluster; likewise its task sets.
import { serviceArn, taskSetArn } from '../../state/arn.ts';
import type { Cluster } from '../../state/cluster/cluster.ts';
import type { Service } from '../../state/service/service.ts';
import type { TaskSet } from '../../state/service/task-set/task-set.ts';
import type { ReadTransaction } from '../../../../store/store.ts';
import { services } from '../../state/service/services.ts';
import { taskSets } from '../../state/service/task-set/task-sets.ts';
import { invalidParameter, serviceNotActive, serviceNotFound, taskSetNotFound } from '../../errors.ts';
import { nameInCluster } from './identifier.ts';

/** The ARN that a service reference stands for; throws InvalidParameterException when it can be no service of this cluster. */
export function serviceArnOf(cluster: Cluster, reference: string): string {
  const name = nameInCluster(cluster, reference, 'service');
  if (!/^[A-Za-z0-9_-]{1,255}$/.test(name)) {
    throw invalidParameter(`Invalid identifier: ${reference}. Give a service's name or its full ARN.`);
  }
  return serviceArn(cluster, cluster.name, name);
}

/** The service in any status; throws ServiceNotFoundException when there is none of that name. */
export function serviceIn(tx: ReadTransaction, cluster: Cluster, reference: string): Service {
  const service = tx.table(services).get(serviceArnOf(cluster, reference));
  if (!service) throw serviceNotFound();
  return service;
}

/** The ACTIVE service; throws ServiceNotFoundException, or ServiceNotActiveException for one that was deleted. */
export function activeServiceIn(tx: ReadTransaction, cluster: Cluster, reference: string): Service {
  const service = serviceIn(tx, cluster, reference);
  if (service.status !== 'ACTIVE') throw serviceNotActive();
  return service;
}

/** The ARN that a task set's id (`ecs-svc/<digits>`) or ARN stands for; throws InvalidParameterException for one of another service. */
export function taskSetArnOf(cluster: Cluster, service: Service, reference: string): string {
  const path = nameInCluster(cluster, reference, 'task-set', 3);
  const id = path.startsWith(`${service.name}/`) ? path.slice(service.name.length + 1) : path;
  if (!/^ecs-svc\/[0-9]{1,19}$/.test(id)) {
    throw invalidParameter(
      `Invalid identifier: ${reference}. Give the id or the full ARN of a task set of service ${service.name}.`,
    );
  }
  return taskSetArn(cluster, cluster.name, service.name, id);
}

/** The task set of this service; throws TaskSetNotFoundException when there is none. */
export function taskSetOf(
  tx: ReadTransaction,
  cluster: Cluster,
  service: Service,
  reference: string,
): TaskSet {
  const taskSet = tx.table(taskSets).get(taskSetArnOf(cluster, service, reference));
  if (!taskSet) throw taskSetNotFound();
  return taskSet;
}
