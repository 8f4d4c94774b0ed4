// From what a caller writes (a name, an id, an ARN) to rows, in the caller's account and region.
import {
  capacityProviderArn,
  clusterArn,
  containerInstanceArn,
  serviceArn,
  taskArn,
  taskDefinitionArn,
} from '../aws/ecs/state/arn.ts';
import { builtInCapacityProvider, isBuiltIn } from '../aws/ecs/state/capacity/capacity-provider.ts';
import type { Cluster } from '../aws/ecs/state/cluster/cluster.ts';
import type { ContainerInstance } from '../aws/ecs/state/instance/container-instance.ts';
import type { Scope } from '../aws/shared/scope.ts';
import type { Service } from '../aws/ecs/state/service/service.ts';
import type { TaskDefinition } from '../aws/ecs/state/task-definition/task-definition.ts';
import type { Task } from '../aws/ecs/state/task/task.ts';
import type { ProviderLookup } from '../aws/ecs/scheduler/placement/provider-strategy.ts';
import { latestTaskDefinition } from '../aws/ecs/state/task-definition/latest-task-definition.ts';
import type { ReadTransaction } from '../store/store.ts';
import { capacityProviders } from '../aws/ecs/state/capacity/capacity-providers.ts';
import { clusters } from '../aws/ecs/state/cluster/clusters.ts';
import { containerInstances } from '../aws/ecs/state/instance/container-instances.ts';
import { services } from '../aws/ecs/state/service/services.ts';
import { taskDefinitionKey, taskDefinitions } from '../aws/ecs/state/task-definition/task-definitions.ts';
import { tasks } from '../aws/ecs/state/task/tasks.ts';
import { clusterNotFound, invalidParameter, notFound, serviceNotFound } from './errors.ts';
import { lastPart } from '../lib/arn.ts';

/** The ARN that `reference` is or stands for; one of another cluster, account or region stands for nothing here. */
function own(reference: string, arnOf: (name: string) => string): string | undefined {
  const arn = arnOf(lastPart(reference));
  return reference.startsWith('arn:') && reference !== arn ? undefined : arn;
}

/** The ACTIVE cluster, `default` where none is named; throws ClusterNotFoundException. */
export function clusterOf(tx: ReadTransaction, scope: Scope, reference = 'default'): Cluster {
  const arn = own(reference, (name) => clusterArn(scope, name));
  const cluster = arn === undefined ? undefined : tx.table(clusters).get(arn);
  if (cluster?.status !== 'ACTIVE') throw clusterNotFound();
  return cluster;
}

/** A definition in any status by revision or ARN, or the latest ACTIVE one of a family; throws ResourceNotFoundException. */
export function taskDefinitionOf(tx: ReadTransaction, scope: Scope, reference: string): TaskDefinition {
  const [, family, revision] = /^([A-Za-z0-9_-]{1,255})(?::(\d{1,9}))?$/.exec(lastPart(reference)) ?? [];
  if (family === undefined)
    throw invalidParameter(
      `'${reference}' is not a task definition: give family, family:revision or the ARN.`,
    );
  const definition =
    revision === undefined
      ? latestTaskDefinition(tx, scope, family)
      : tx.table(taskDefinitions).get(taskDefinitionKey(scope, family, Number(revision)));
  const isOther =
    reference.startsWith('arn:') &&
    (!definition || reference !== taskDefinitionArn(scope, family, definition.revision));
  if (!definition || isOther) throw notFound(`The task definition ${reference}`);
  return definition;
}

/**
 * The task by id, beginning of an id or ARN, STOPPED ones included for as long as they are kept; throws
 * ResourceNotFoundException, and InvalidParameterException where several ids begin so.
 */
export function taskOf(tx: ReadTransaction, cluster: Cluster, reference: string): Task {
  const arn = own(reference, (id) => taskArn(cluster, cluster.name, id));
  const task = arn === undefined ? undefined : tx.table(tasks).get(arn);
  const found = task ?? beginningWith(reference, 'task', () => tasksOf(tx, cluster));
  if (!found) throw notFound(`The task ${reference}`);
  return found;
}

/** Those of the cluster's tasks that are named by id or ARN and still kept. */
export const namedTasks = (
  tx: ReadTransaction,
  cluster: Cluster,
  references: readonly string[],
): readonly Task[] =>
  references.flatMap((reference) => {
    const arn = own(reference, (id) => taskArn(cluster, cluster.name, id));
    return (arn === undefined ? undefined : tx.table(tasks).get(arn)) ?? [];
  });

const tasksOf = (tx: ReadTransaction, { arn }: Cluster): Iterable<Task> =>
  (['RUNNING', 'STOPPED'] as const).flatMap((desiredStatus) => [
    ...tx.table(tasks).by('clusterDesired', { clusterArn: arn, desiredStatus }),
  ]);

/** The only one whose id of 32 hex digits begins with `reference`, as people are shown ids; `noun` is for the error. */
function beginningWith<T extends { readonly id: string }>(
  reference: string,
  noun: string,
  all: () => Iterable<T>,
): T | undefined {
  if (!/^[0-9a-f]{4,31}$/.test(reference)) return undefined;
  const [first, second] = Iterator.from(all()).filter(({ id }) => id.startsWith(reference));
  if (second)
    throw invalidParameter(
      `Several ${noun}s have ids that begin with ${reference}, ${first!.id} and ${second.id} among them: give more digits.`,
    );
  return first;
}

/** The service by name or ARN, unless it is INACTIVE; throws ServiceNotFoundException. */
export function serviceOf(tx: ReadTransaction, cluster: Cluster, reference: string): Service {
  const arn = own(reference, (name) => serviceArn(cluster, cluster.name, name));
  const service = arn === undefined ? undefined : tx.table(services).get(arn);
  if (!service || service.status === 'INACTIVE') throw serviceNotFound();
  return service;
}

/**
 * The container instance by id, beginning of an id or ARN, unless it is INACTIVE; throws ResourceNotFoundException, and
 * InvalidParameterException where several ids begin so.
 */
export function instanceOf(tx: ReadTransaction, cluster: Cluster, reference: string): ContainerInstance {
  const arn = own(reference, (id) => containerInstanceArn(cluster, cluster.name, id));
  const instance =
    (arn === undefined ? undefined : tx.table(containerInstances).get(arn)) ??
    beginningWith(reference, 'container instance', () => instancesOf(tx, cluster));
  if (!instance || instance.status === 'INACTIVE') throw notFound(`The container instance ${reference}`);
  return instance;
}

/** Those that are not INACTIVE, in ARN order. */
export const instancesOf = (tx: ReadTransaction, { arn }: Cluster): IteratorObject<ContainerInstance> =>
  Iterator.from(tx.table(containerInstances).by('cluster', { clusterArn: arn })).filter(
    ({ status }) => status !== 'INACTIVE',
  );

/** Capacity providers by name or ARN; an ARN of elsewhere is an InvalidParameterException. */
export const capacityProvidersOf = (tx: ReadTransaction, scope: Scope): ProviderLookup => ({
  nameOf: (reference) => {
    const arn = own(reference, (name) => capacityProviderArn(scope, name));
    if (arn === undefined)
      throw invalidParameter(`'${reference}' is not a capacity provider of this account and region.`);
    return lastPart(arn);
  },
  find: (name) =>
    isBuiltIn(name)
      ? builtInCapacityProvider(scope, name)
      : tx.table(capacityProviders).get(capacityProviderArn(scope, name)),
});
