// Whether a service's task counts as healthy: by its health checks, or by how long it has run. Pure.
import type { Service } from '../../state/service/service.ts';
import type { ContainerDefinition, TaskDefinition } from '../../state/task-definition/task-definition.ts';
import type { Task } from '../../state/task/task.ts';

export interface ServiceTaskHealth {
  /** RUNNING, and its health checks pass, or it has none and has run for a while. */
  readonly isHealthy: boolean;
  /** A health check of an essential container fails, and the grace period is over. */
  readonly isUnhealthy: boolean;
  /** Epoch ms when this may be different without the task changing. */
  readonly changesAt?: number | undefined;
}

/** `healthyAfter`: ms after which a task without health checks counts; `now`: epoch ms. */
export function serviceTaskHealth(
  task: Pick<Task, 'lastStatus' | 'startedAt' | 'containers'>,
  definition: Pick<TaskDefinition, 'containerDefinitions'> | undefined,
  { healthCheckGracePeriodSeconds }: Pick<Service, 'healthCheckGracePeriodSeconds'>,
  healthyAfter: number,
  now: number,
): ServiceTaskHealth {
  if (task.lastStatus !== 'RUNNING') return { isHealthy: false, isUnhealthy: false };
  const checked = checkedContainers(definition);
  const startedAt = task.startedAt ?? now;
  if (checked.size === 0) {
    const healthyAt = startedAt + healthyAfter;
    return { isHealthy: healthyAt <= now, isUnhealthy: false, changesAt: healthyAt };
  }
  const statuses = task.containers
    .filter(({ name }) => checked.has(name))
    .map(({ healthStatus }) => healthStatus);
  const graceEnds = startedAt + healthCheckGracePeriodSeconds * 1000;
  const fails = statuses.includes('UNHEALTHY');
  return {
    isHealthy: statuses.every((status) => status === 'HEALTHY'),
    isUnhealthy: fails && graceEnds <= now,
    changesAt: fails ? graceEnds : undefined,
  };
}

/** A definition's row never changes what it says of containers. */
const known = new WeakMap<readonly ContainerDefinition[], ReadonlySet<string>>();

/** The names of the essential containers that have a health check. */
export function checkedContainers(
  definition: Pick<TaskDefinition, 'containerDefinitions'> | undefined,
): ReadonlySet<string> {
  if (!definition) return new Set();
  const containers = definition.containerDefinitions;
  const found =
    known.get(containers) ??
    new Set(containers.filter((one) => one.essential !== false && one.healthCheck).map(({ name }) => name!));
  known.set(containers, found);
  return found;
}
