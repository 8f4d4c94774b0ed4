// A service as `reconcile` looks at it, from the rows.
import type { ContainerDefinition, TaskDefinition } from '../../model/task-definition.ts';
import type { Deployment } from '../../model/deployment.ts';
import { taskBounds } from '../../model/deployment-configuration.ts';
import type { Service } from '../../model/service.ts';
import { isProtected, type Task } from '../../model/task.ts';
import type { ReadTransaction } from '../../store/store.ts';
import { containerInstances } from '../../store/tables/container-instances.ts';
import { taskDefinitionKey, taskDefinitions } from '../../store/tables/task-definitions.ts';
import { tasks } from '../../store/tables/tasks.ts';
import { heldBackUntil } from './hold-back.ts';
import type { ServiceTask, ServiceView } from './reconcile.ts';

export interface ServiceTimes {
  /** Ms after which a task without health checks counts as healthy. */
  readonly healthyAfter: number;
}

/** What follows from the rows now, and when (epoch ms) it may look different without any row changing. */
export function serviceView(
  tx: ReadTransaction,
  service: Service,
  primary: Deployment,
  times: ServiceTimes,
  now: number,
): { readonly view: ServiceView; readonly changesAt?: number | undefined } {
  const desiredCount = service.status === 'ACTIVE' ? service.desiredCount : 0;
  const found = wantedTasks(tx, service).map((task) => lookAt(tx, service, primary, task, times, now));
  const heldUntil = heldBackUntil(primary);
  const hasFailed = primary.rolloutState === 'FAILED';
  const changes = [...found.flatMap(({ changesAt }) => changesAt ?? []), heldUntil].filter((at) => at > now);
  return {
    view: {
      desiredCount,
      ...taskBounds(service.deploymentConfiguration, desiredCount),
      mayStart: !hasFailed && heldUntil <= now,
      mayReplace: !hasFailed,
      tasks: found.map(({ task }) => task),
    },
    changesAt: changes.length === 0 ? undefined : Math.min(...changes),
  };
}

const wantedTasks = (tx: ReadTransaction, { arn }: Service): Task[] =>
  [...tx.table(tasks).by('serviceDesired', `${arn}/RUNNING`)].filter((task) => task.lastStatus !== 'STOPPED');

function lookAt(
  tx: ReadTransaction,
  service: Service,
  primary: Deployment,
  task: Task,
  times: ServiceTimes,
  now: number,
): { readonly task: ServiceTask; readonly changesAt?: number | undefined } {
  const instance = task.containerInstanceArn && tx.table(containerInstances).get(task.containerInstanceArn);
  const isRunning = task.lastStatus === 'RUNNING';
  const { isHealthy, isUnhealthy, changesAt } = isRunning
    ? healthOf(tx, service, task, times, now)
    : { isHealthy: false, isUnhealthy: false, changesAt: undefined };
  return {
    changesAt,
    task: {
      arn: task.arn,
      isCurrent: task.deploymentId === primary.id && (!instance || instance.status === 'ACTIVE'),
      isRunning,
      isHealthy,
      isUnhealthy,
      isProtected: isProtected(task, now),
      zone: task.availabilityZone ?? '',
      instance: task.containerInstanceArn ?? '',
    },
  };
}

interface Health {
  readonly isHealthy: boolean;
  readonly isUnhealthy: boolean;
  readonly changesAt?: number | undefined;
}

/** By the health checks of essential containers; where there are none, by how long the task has run. */
function healthOf(
  tx: ReadTransaction,
  service: Service,
  task: Task,
  times: ServiceTimes,
  now: number,
): Health {
  const checked = checkedContainers(tx, task);
  const startedAt = task.startedAt ?? now;
  if (checked.size === 0) {
    const healthyAt = startedAt + times.healthyAfter;
    return { isHealthy: healthyAt <= now, isUnhealthy: false, changesAt: healthyAt };
  }
  const statuses = task.containers
    .filter(({ name }) => checked.has(name))
    .map(({ healthStatus }) => healthStatus);
  const graceEnds = startedAt + service.healthCheckGracePeriodSeconds * 1000;
  const fails = statuses.includes('UNHEALTHY');
  return {
    isHealthy: statuses.every((status) => status === 'HEALTHY'),
    isUnhealthy: fails && graceEnds <= now,
    changesAt: fails ? graceEnds : undefined,
  };
}

/** A definition's row never changes what it says of containers. */
const known = new WeakMap<readonly ContainerDefinition[], ReadonlySet<string>>();

function checkedContainers(tx: ReadTransaction, task: Task): ReadonlySet<string> {
  const definition: TaskDefinition | undefined = tx
    .table(taskDefinitions)
    .get(taskDefinitionKey(task, task.family, task.revision));
  if (!definition) return new Set();
  const containers = definition.containerDefinitions;
  const found =
    known.get(containers) ??
    new Set(containers.filter((one) => one.essential !== false && one.healthCheck).map(({ name }) => name!));
  known.set(containers, found);
  return found;
}
