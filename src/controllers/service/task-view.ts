// A task of a service as schedulers look at it, from the rows.
import type { Service } from '../../model/service.ts';
import { serviceTaskHealth } from '../../model/service-task-health.ts';
import { isProtected, type Task } from '../../model/task.ts';
import { definitionOf } from '../../store/queries/definition-of.ts';
import { lostSince } from '../../store/queries/lost-instance.ts';
import type { ReadTransaction } from '../../store/store.ts';
import { containerInstances } from '../../store/tables/container-instances.ts';
import { tasks } from '../../store/tables/tasks.ts';
import type { ServiceContext } from './context.ts';
import { isOutdatedWait } from './outdated-wait.ts';

/** A task of the service that nobody has told to stop, on a host that is not lost. */
export interface ServiceTask {
  readonly arn: string;
  readonly deploymentId: string;
  /** Its instance, if it has one, is not DRAINING, it waits for none in vain, and nobody asked for another task in its place. */
  readonly mayStay: boolean;
  readonly isRunning: boolean;
  /** Counts for the minimum: RUNNING, and its health checks pass, or it has none and has run for a while. */
  readonly isHealthy: boolean;
  /** An essential container's health check fails, and the grace period is over. */
  readonly isUnhealthy: boolean;
  readonly isProtected: boolean;
  readonly zone: string;
  /** ARN of its container instance; empty while it has none. */
  readonly instance: string;
}

/** The service's tasks that nobody has told to stop and that it can reckon with, and when (epoch ms) one of them may count for something else. */
export function wantedTasks(
  tx: ReadTransaction,
  service: Service,
  context: Pick<ServiceContext, 'healthyAfter' | 'now'>,
): { readonly tasks: readonly ServiceTask[]; readonly changesAt: readonly number[] } {
  const found = [...tx.table(tasks).by('serviceDesired', `${service.arn}/RUNNING`)]
    .filter((task) => task.lastStatus !== 'STOPPED' && !isOnLostHost(tx, service, task))
    .map((task) => lookAt(tx, service, task, context));
  const changesAt = found.flatMap((one) => one.changesAt).filter((at) => at > context.now);
  return { tasks: found.map(({ task }) => task), changesAt };
}

/** A daemon has its place on this host and on no other: it waits there for the host to come back. */
export const isOnLostHost = (tx: ReadTransaction, service: Service, task: Task): boolean =>
  service.schedulingStrategy !== 'DAEMON' &&
  task.containerInstanceArn !== undefined &&
  lostSince(tx, task.containerInstanceArn) !== undefined;

/** What the task counts for now, and when (epoch ms) that may change without any row changing. */
function lookAt(
  tx: ReadTransaction,
  service: Service,
  task: Task,
  { healthyAfter, now }: Pick<ServiceContext, 'healthyAfter' | 'now'>,
): { readonly task: ServiceTask; readonly changesAt: readonly number[] } {
  const instance = task.containerInstanceArn && tx.table(containerInstances).get(task.containerInstanceArn);
  const definition = definitionOf(tx, task);
  const { isHealthy, isUnhealthy, changesAt } = serviceTaskHealth(
    task,
    definition,
    service,
    healthyAfter,
    now,
  );
  return {
    changesAt: [changesAt ?? 0, task.protectedUntil ?? 0],
    task: {
      arn: task.arn,
      deploymentId: task.deploymentId ?? '',
      mayStay:
        !task.replaceAsked &&
        (!instance || instance.status === 'ACTIVE') &&
        !isOutdatedWait(task, service, definition),
      isRunning: task.lastStatus === 'RUNNING',
      isHealthy,
      isUnhealthy,
      // Protection holds off scaling and deployments, not the end of the service.
      isProtected: service.status === 'ACTIVE' && isProtected(task, now),
      zone: task.availabilityZone ?? '',
      instance: task.containerInstanceArn ?? '',
    },
  };
}
