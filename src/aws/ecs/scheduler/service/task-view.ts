// A task of a service as schedulers look at it, from the rows.
import type { Service } from '../../state/service/service.ts';
import { serviceTaskHealth, type ServiceTaskHealth } from './service-task-health.ts';
import type { TaskDefinition } from '../../state/task-definition/task-definition.ts';
import { isProtected, type Task } from '../../state/task/task.ts';
import { definitionOf } from '../../state/task-definition/definition-of.ts';
import { lostSince } from '../../state/instance/lost-instance.ts';
import type { ReadTransaction } from '../../../../store/store.ts';
import { agentSilences } from '../../state/instance/agent-silences.ts';
import { containerInstances } from '../../state/instance/container-instances.ts';
import { tasks } from '../../state/task/tasks.ts';
import { isOutdatedWait } from './outdated-wait.ts';
import type { DecisionContext } from './scheduler.ts';

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
  context: DecisionContext,
): { readonly tasks: readonly ServiceTask[]; readonly changesAt: readonly number[] } {
  const around = surroundings(tx, service, context);
  const found: ServiceTask[] = [];
  let changesAt = Infinity;
  for (const task of tx.table(tasks).by('serviceDesired', `${service.arn}/RUNNING`)) {
    if (task.lastStatus === 'STOPPED' || around.isOnLostHost(task)) continue;
    const definition = around.definition(task);
    const health = serviceTaskHealth(task, definition, service, context.healthyAfter, context.now);
    changesAt = earlier(changesAt, health.changesAt, context.now);
    changesAt = earlier(changesAt, task.protectedUntil, context.now);
    const mayStay = around.mayStay(task) && !isOutdatedWait(task, service, definition);
    found.push(seenAs(task, service, mayStay, health, context));
  }
  return { tasks: found, changesAt: changesAt === Infinity ? [] : [changesAt] };
}

const earlier = (soonest: number, at: number | undefined, now: number): number =>
  at !== undefined && at > now && at < soonest ? at : soonest;

/** A daemon has its place on this host and on no other: it waits there for the host to come back. */
export const isOnLostHost = (
  tx: ReadTransaction,
  { schedulingStrategy }: Service,
  { containerInstanceArn: arn }: Task,
  without?: ReadonlySet<string>,
): boolean =>
  schedulingStrategy !== 'DAEMON' &&
  arn !== undefined &&
  (without?.has(arn) === true || lostSince(tx, arn) !== undefined);

/** What a service's tasks have in common, each looked up once a view: there are far more tasks than instances and definitions. */
function surroundings(tx: ReadTransaction, service: Service, { without }: DecisionContext) {
  const isLost = memo((arn: string) => without?.has(arn) === true || lostSince(tx, arn) !== undefined);
  const isLeft = memo(
    (arn: string) => (tx.table(containerInstances).get(arn)?.status ?? 'ACTIVE') !== 'ACTIVE',
  );
  // Mostly no instance is either, and then none needs to be asked for.
  const mayBeLost =
    service.schedulingStrategy !== 'DAEMON' &&
    (tx.table(agentSilences).size > 0 || (without !== undefined && without.size > 0));
  const mayBeLeft = !areAllActive(tx, service.clusterArn);
  const definitions = new Map<string, TaskDefinition | undefined>();
  let latest: { readonly arn: string; readonly definition: TaskDefinition | undefined } | undefined;
  return {
    isOnLostHost: ({ containerInstanceArn: arn }: Task): boolean =>
      mayBeLost && arn !== undefined && isLost(arn),
    mayStay: ({ replaceAsked, containerInstanceArn: arn }: Task): boolean =>
      !replaceAsked && !(mayBeLeft && arn !== undefined && isLeft(arn)),
    definition(task: Task): TaskDefinition | undefined {
      const arn = task.taskDefinitionArn;
      if (latest?.arn === arn) return latest.definition;
      if (!definitions.has(arn)) definitions.set(arn, definitionOf(tx, task));
      latest = { arn, definition: definitions.get(arn) };
      return latest.definition;
    },
  };
}

const areAllActive = (tx: ReadTransaction, clusterArn: string): boolean => {
  const table = tx.table(containerInstances);
  return table.count('cluster', clusterArn) === table.count('clusterStatus', `${clusterArn}/ACTIVE`);
};

function memo<T>(find: (arn: string) => T): (arn: string) => T {
  const known = new Map<string, T>();
  return (arn) => {
    const found = known.get(arn) ?? find(arn);
    known.set(arn, found);
    return found;
  };
}

const seenAs = (
  task: Task,
  service: Service,
  mayStay: boolean,
  { isHealthy, isUnhealthy }: ServiceTaskHealth,
  { now, ignoresProtection = false }: DecisionContext,
): ServiceTask => ({
  arn: task.arn,
  deploymentId: task.deploymentId ?? '',
  mayStay,
  isRunning: task.lastStatus === 'RUNNING',
  isHealthy,
  isUnhealthy,
  // Protection holds off scaling and deployments, not the end of the service.
  isProtected: !ignoresProtection && service.status === 'ACTIVE' && isProtected(task, now),
  zone: task.availabilityZone ?? '',
  instance: task.containerInstanceArn ?? '',
});
