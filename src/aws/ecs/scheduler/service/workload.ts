// What a start order is about: a deployment or a task set, and how its tasks run.
import type { Deployment } from '../../state/service/deployment/deployment.ts';
import type { Service } from '../../state/service/service.ts';
import type { TaskSet } from '../../state/service/task-set/task-set.ts';
import type { ReadTransaction } from '../../../../store/store.ts';
import { deployments } from '../../state/service/deployment/deployments.ts';
import { taskSets } from '../../state/service/task-set/task-sets.ts';
import { tasks } from '../../state/task/tasks.ts';
import { onLostInstance } from './view/service-task.ts';

export interface Workload {
  readonly of: Deployment | TaskSet;
  /** The service, with the launch type and the capacity provider strategy of its task set. */
  readonly service: Service;
}

/** Of the deployment or task set with that id; undefined once it is gone. */
export function workloadOf(tx: ReadTransaction, service: Service, id: string): Workload | undefined {
  const [deployment] = tx.table(deployments).by('id', { id });
  if (deployment) return { of: deployment, service };
  const [taskSet] = tx.table(taskSets).by('id', { id });
  if (!taskSet) return undefined;
  const { launchType, capacityProviderStrategy } = taskSet;
  return { of: taskSet, service: { ...service, launchType, capacityProviderStrategy } };
}

/** Tasks that do not count: those on instances that are to be lost, and those that are to stop first, by their ARNs. */
export interface Uncounted {
  readonly without?: ReadonlySet<string>;
  readonly stopped?: ReadonlySet<string>;
}

/**
 * How many tasks each capacity provider has already of what shares its strategy, by its name: of a service all deployments together, of
 * a task set, which has a strategy of its own, only its own.
 */
export function countsByProvider(
  tx: ReadTransaction,
  service: Service,
  id: string,
  { without, stopped }: Uncounted = {},
): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  const isOnLostInstance = onLostInstance(tx, service, without);
  for (const task of tx
    .table(tasks)
    .by('serviceDesired', { serviceArn: service.arn, desiredStatus: 'RUNNING' })) {
    if (service.deploymentController === 'EXTERNAL' && task.deploymentId !== id) continue;
    if (stopped?.has(task.arn) || isOnLostInstance(task)) continue;
    const name = task.capacityProviderName ?? '';
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
}
