// A task of a service as its row and what is around it make it.
import type { Service } from '../../../state/service/service.ts';
import type { TaskDefinition } from '../../../state/task-definition/task-definition.ts';
import { type Task } from '../../../state/task/task.ts';
import { definitionOf } from '../../../state/task-definition/definition-of.ts';
import { lostSince } from '../../../state/instance/lost-instance.ts';
import type { ReadTransaction } from '../../../../../store/store.ts';
import { disconnectedAgents } from '../../../state/instance/disconnected-agents.ts';
import { containerInstances } from '../../../state/instance/container-instances.ts';
import { tasks } from '../../../state/task/tasks.ts';
import { checkedContainers, serviceTaskHealth } from '../service-task-health.ts';
import { isOutdatedRequest } from './outdated-request.ts';
import type { ServiceTask, ServiceView } from './service-view.ts';
import { isProtected } from '../../../state/task/protection-expiry.ts';

/** What the tasks of a service are looked at by, beside the rows. */
export interface TaskContext {
  /** Epoch ms. */
  readonly now: number;
  /** Ms after which a task without health checks counts as healthy. */
  readonly healthyAfter: number;
  /** ARNs of container instances that count as lost, beside those that are. */
  readonly without?: ReadonlySet<string> | undefined;
  /** Asks what would be decided if no task were protected. */
  readonly ignoresProtection?: boolean | undefined;
}

/** The tasks of a view, and when they may count for something else. */
export type TasksOfView = Pick<ServiceView, 'tasks' | 'lost' | 'changesAt'>;

/** The service's tasks that nobody has told to stop, from the rows. */
export function serviceTasks(tx: ReadTransaction, service: Service, context: TaskContext): TasksOfView {
  const seen = seer(tx, service, context);
  const found: ServiceTask[] = [];
  const lost: Task[] = [];
  for (const task of tx
    .table(tasks)
    .by('serviceDesired', { serviceArn: service.arn, desiredStatus: 'RUNNING' })) {
    if (!isWanted(task)) continue;
    if (seen.isOnLostInstance(task)) lost.push(task);
    else found.push(seen.see(task));
  }
  return { tasks: found, lost, changesAt: soonest(found) };
}

/** Whether nobody has told it to stop, and it has not ended by itself. */
export const isWanted = ({ desiredStatus, lastStatus }: Task): boolean =>
  desiredStatus === 'RUNNING' && lastStatus !== 'STOPPED';

/** Epoch ms when the first of them may count for something else; undefined where none will. */
export function soonest(found: readonly ServiceTask[]): number | undefined {
  let least = Infinity;
  for (const { changesAt } of found) if (changesAt !== undefined && changesAt < least) least = changesAt;
  return least === Infinity ? undefined : least;
}

/**
 * Whether a task of the service is on a host that is lost, or among `without`. A daemon has its place on this host and on no other: it
 * waits there for the host to come back. Each instance is looked up once. Good for `tx` only.
 */
export function onLostInstance(
  tx: ReadTransaction,
  { schedulingStrategy }: Pick<Service, 'schedulingStrategy'>,
  without?: ReadonlySet<string>,
): (task: Pick<Task, 'containerInstanceArn'>) => boolean {
  // Mostly none is, and then none needs to be asked for.
  const mayBe =
    schedulingStrategy !== 'DAEMON' &&
    (tx.table(disconnectedAgents).size > 0 || (without !== undefined && without.size > 0));
  const isLost = memo((arn: string) => without?.has(arn) === true || lostSince(tx, arn) !== undefined);
  return ({ containerInstanceArn: arn }) => mayBe && arn !== undefined && isLost(arn);
}

export interface Seer {
  isOnLostInstance(task: Task): boolean;
  /** How the task counts now. */
  see(task: Task): ServiceTask;
}

/** Looks up what a service's tasks have in common once: there are far more tasks than instances and definitions. Good for `tx` only. */
export function seer(tx: ReadTransaction, service: Service, context: TaskContext): Seer {
  const isLeft = memo(
    (arn: string) => (tx.table(containerInstances).get(arn)?.status ?? 'ACTIVE') !== 'ACTIVE',
  );
  // Mostly no instance is, and then none needs to be asked for.
  const mayBeLeft = !areAllActive(tx, service.clusterArn);
  const { accountId, region } = service;
  const definitions = memo((arn: string) => definitionOf(tx, { accountId, region, taskDefinitionArn: arn }));
  return {
    isOnLostInstance: onLostInstance(tx, service, context.without),
    see(task) {
      const { scheduling, containerInstanceArn: arn } = task;
      const definition = definitions(task.taskDefinitionArn);
      const mayStay =
        !scheduling?.replaceAsked &&
        !(mayBeLeft && arn !== undefined && isLeft(arn)) &&
        !isOutdatedRequest(task, service, definition);
      return seenAs(task, service, mayStay, definition, context);
    },
  };
}

const areAllActive = (tx: ReadTransaction, clusterArn: string): boolean => {
  const table = tx.table(containerInstances);
  return (
    table.count('cluster', { clusterArn }) === table.count('clusterStatus', { clusterArn, status: 'ACTIVE' })
  );
};

function memo<T>(find: (arn: string) => T): (arn: string) => T {
  const known = new Map<string, T>();
  return (arn) => {
    const found = known.get(arn) ?? find(arn);
    known.set(arn, found);
    return found;
  };
}

function seenAs(
  task: Task,
  service: Service,
  mayStay: boolean,
  definition: TaskDefinition | undefined,
  { now, healthyAfter, ignoresProtection = false }: TaskContext,
): ServiceTask {
  const health = serviceTaskHealth(task, definition, service, healthyAfter, now);
  const { isHealthy, isUnhealthy } = health;
  const isRunning = task.lastStatus === 'RUNNING';
  return {
    arn: task.arn,
    deploymentId: task.deploymentId ?? '',
    mayStay,
    isRunning,
    isHealthy,
    isUnhealthy,
    // A task without health checks reports nothing that could be waited for.
    passesChecks: isHealthy || (isRunning && checkedContainers(definition).size === 0),
    // Protection holds off scaling and deployments, not the end of the service.
    isProtected: !ignoresProtection && service.status === 'ACTIVE' && isProtected(task, now),
    zone: task.availabilityZone ?? '',
    instance: task.containerInstanceArn ?? '',
    changesAt: earlier(later(health.changesAt, now), later(task.protectedUntil, now)),
  };
}

const later = (at: number | undefined, now: number): number | undefined =>
  at !== undefined && at > now ? at : undefined;
const earlier = (one: number | undefined, other: number | undefined): number | undefined =>
  one === undefined ? other : other === undefined ? one : Math.min(one, other);
