// Keeps services: as many tasks as they want, of the deployment that is PRIMARY, within their percents.
import type { Random } from '../../lib/random.ts';
import { lastPart } from '../../model/arn.ts';
import type { Deployment } from '../../model/deployment.ts';
import { askToStop } from '../../model/task-lifecycle.ts';
import type { Service } from '../../model/service.ts';
import type { Task } from '../../model/task.ts';
import type { Fleets } from '../../store/queries/fleets.ts';
import { recordServiceEvent } from '../../store/queries/record-service-event.ts';
import { retireService } from '../../store/queries/retire-service.ts';
import type { Store, WriteTransaction } from '../../store/store.ts';
import { agentSessions, containerInstances } from '../../store/tables/container-instances.ts';
import { deployments } from '../../store/tables/deployments.ts';
import { serviceEvents } from '../../store/tables/service-events.ts';
import { serviceDeployments } from '../../store/tables/service-deployments.ts';
import { services } from '../../store/tables/services.ts';
import { tasks } from '../../store/tables/tasks.ts';
import type { Controller } from '../loop.ts';
import { beginsToBeHeldBack } from './hold-back.ts';
import * as messages from './messages.ts';
import { reconcile, type ServicePlan, type ServiceView } from './reconcile.ts';
import { beginRollout, completeRollout, failRollout, serviceDeploymentOf, watchBreaker } from './rollout.ts';
import { healthReason, settle } from './settle.ts';
import { startTasks } from './start-tasks.ts';
import { serviceView, type ServiceTimes } from './view.ts';

export interface ServiceControllerOptions extends ServiceTimes {
  readonly fleets: Fleets;
  readonly random: Random;
}

/** A placement that failed is tried again after this, ms, if nothing changes before. */
const retryPlacement = 10_000;
/** The same sentence is not said again within this, ms. */
const repeatAfter = 6 * 3_600_000;

/** Its keys are the ARNs of REPLICA services with the ECS controller and the strategy ROLLING. */
export const serviceController = (options: ServiceControllerOptions): Controller => ({
  name: 'service',
  watch: (store, enqueue) => watchServices(store, enqueue),
  allKeys: (store) =>
    store.view((tx) => [...tx.table(services).all()].filter(isOurs).map((service) => service.arn)),
  sync: (arn, store, now) => store.update((tx) => syncService(tx, arn, options, now)),
});

const isOurs = (service: Service): boolean =>
  service.status !== 'INACTIVE' &&
  service.schedulingStrategy === 'REPLICA' &&
  service.deploymentController === 'ECS' &&
  service.deploymentConfiguration.strategy === 'ROLLING';

function watchServices(store: Store, enqueue: (key: string) => void): () => void {
  const ofCluster = (clusterArn: string): void => {
    const arns = store.view((tx) =>
      (['ACTIVE', 'DRAINING'] as const).flatMap((status) =>
        Array.from(tx.table(services).by('clusterStatus', `${clusterArn}/${status}`), ({ arn }) => arn),
      ),
    );
    for (const arn of arns) enqueue(arn);
  };
  const stops = [
    store.watch(services, (changes) => {
      for (const { after } of changes) if (after) enqueue(after.arn);
    }),
    // StopServiceDeployment asks through its record.
    store.watch(serviceDeployments, (changes) => {
      for (const { after } of changes) if (after) enqueue(after.serviceArn);
    }),
    store.watch(tasks, (changes) => {
      for (const { before, after } of changes) {
        const serviceArn = (after ?? before)?.serviceArn;
        if (serviceArn !== undefined) enqueue(serviceArn);
      }
    }),
    store.watch(containerInstances, (changes) => {
      for (const { before, after } of changes) {
        if (
          after &&
          (before?.status !== after.status || before.registeredResources !== after.registeredResources)
        )
          ofCluster(after.clusterArn);
      }
    }),
    store.watch(agentSessions, (changes) => {
      for (const { key, before, after } of changes) {
        const instance =
          after && !before ? store.view((tx) => tx.table(containerInstances).get(key)) : undefined;
        if (instance) ofCluster(instance.clusterArn);
      }
    }),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

/** One step of a service; answers when to look again though nothing changed. */
function syncService(
  tx: WriteTransaction,
  arn: string,
  options: ServiceControllerOptions,
  now: number,
): number | undefined {
  const service = tx.table(services).get(arn);
  if (!service || !isOurs(service)) return undefined;
  const [found] = tx.table(deployments).by('listed', arn);
  if (!found || found.status !== 'PRIMARY') return undefined;
  const context = { ...options, now };
  const noted = settle(tx, arn, found, now);
  if (beginsToBeHeldBack(found.failedTasks, noted.failedTasks))
    say(tx, context, service, messages.heldBack(service.name));
  beginRollout(tx, noted, context);
  if (goBackWhenAsked(tx, service, noted, context)) return now;
  watchBreaker(tx, service, noted, context);
  const primary = primaryOf(tx, arn);
  const current = tx.table(services).get(arn)!;
  const { view, changesAt } = serviceView(tx, current, primary, options, now);
  const plan = reconcile(view);
  const unplaced = act(tx, current, primary, plan, context);
  if (plan.isStuck) say(tx, context, current, messages.stuck(current.name));
  keepRecords(tx, current, primary, view, plan, context);
  if (current.status === 'DRAINING') retireService(tx, current);
  return earliest(changesAt, unplaced ? now + retryPlacement : undefined);
}

const primaryOf = (tx: WriteTransaction, serviceArn: string): Deployment =>
  tx.table(deployments).by('listed', serviceArn).next().value as Deployment;

const earliest = (...times: readonly (number | undefined)[]): number | undefined => {
  const set = times.filter((time) => time !== undefined);
  return set.length === 0 ? undefined : Math.min(...set);
};

type Context = ServiceControllerOptions & { readonly now: number };

/** StopServiceDeployment asked for the way back; answers whether it was taken. */
function goBackWhenAsked(
  tx: WriteTransaction,
  service: Service,
  primary: Deployment,
  context: Context,
): boolean {
  if (serviceDeploymentOf(tx, primary)?.status !== 'ROLLBACK_REQUESTED') return false;
  failRollout(tx, service, primary, context, {
    reason: 'Service deployment rolled back because of a user request.',
    goBack: true,
    tripped: false,
  });
  return true;
}

/** Stops and starts what the plan says; answers whether tasks found no place. */
function act(
  tx: WriteTransaction,
  service: Service,
  primary: Deployment,
  plan: ServicePlan,
  context: Context,
): boolean {
  const stopped = plan.stop.map(({ arn, because }) => stopTask(tx, service, primary, arn, because, context));
  const running = stopped.filter((task) => task.lastStatus === 'RUNNING');
  if (running.length > 0) {
    tell(
      tx,
      context,
      service,
      messages.stoppedTasks(
        service.name,
        running.map(({ arn }) => lastPart(arn)),
      ),
    );
  }
  if (plan.start === 0) return false;
  const { started, verdicts } = startTasks(tx, context, service, primary, plan.start);
  if (started.length > 0) {
    tell(
      tx,
      context,
      service,
      messages.startedTasks(
        service.name,
        started.map(({ arn }) => lastPart(arn)),
      ),
    );
  }
  if (started.length === plan.start) return false;
  say(tx, context, service, messages.unplaced(service.name, verdicts));
  return true;
}

function stopTask(
  tx: WriteTransaction,
  service: Service,
  primary: Deployment,
  arn: string,
  because: 'scaling' | 'health',
  context: Context,
): Task {
  const table = tx.table(tasks);
  const task = table.get(arn)!;
  if (because === 'health') {
    tell(tx, context, service, messages.failedHealthChecks(service.name, lastPart(arn)));
    return table.put(askToStop(task, 'ServiceSchedulerInitiated', healthReason, context.now));
  }
  const reason = `Scaling activity initiated by (deployment ${primary.id})`;
  return table.put(askToStop(task, 'ServiceSchedulerInitiated', reason, context.now));
}

/** The deployments' wishes and the end of those without tasks; completion and steadiness, once they are true. */
function keepRecords(
  tx: WriteTransaction,
  service: Service,
  primary: Deployment,
  view: ServiceView,
  plan: ServicePlan,
  context: Context,
): void {
  const { now } = context;
  const table = tx.table(deployments);
  for (const deployment of [...table.by('listed', service.arn)]) {
    const counts = tx.table(tasks).tally('deployment', deployment.id);
    const isPrimary = deployment.id === primary.id;
    const desiredCount = isPrimary ? view.desiredCount : counts.running + counts.pending;
    const isOver = !isPrimary && tx.table(tasks).count('deploymentLive', deployment.id) === 0;
    if (isOver) table.put({ ...deployment, desiredCount: 0, status: 'INACTIVE', updatedAt: now });
    else if (desiredCount !== deployment.desiredCount)
      table.put({ ...deployment, desiredCount, updatedAt: now });
  }
  if (service.status !== 'ACTIVE' || !isSettled(tx, service, primary, view, plan)) return;
  completeRollout(tx, service, primaryOf(tx, service.arn), context);
  say(tx, context, service, messages.steadyState(service.name));
}

function isSettled(
  tx: WriteTransaction,
  service: Service,
  primary: Deployment,
  { tasks: found, desiredCount }: ServiceView,
  { start, stop }: ServicePlan,
): boolean {
  return (
    start === 0 &&
    stop.length === 0 &&
    primary.rolloutState !== 'FAILED' &&
    found.length === desiredCount &&
    found.every((task) => task.isCurrent && task.isHealthy) &&
    tx.table(deployments).count('listed', service.arn) === 1
  );
}

/** An event of each time it happens. */
const tell = (tx: WriteTransaction, { random, now }: Context, service: Service, message: string): void =>
  recordServiceEvent(tx, random, service.arn, message, now);

/** An event that is said once, until something else is said or hours have passed. */
function say(tx: WriteTransaction, context: Context, service: Service, message: string): void {
  const [latest] = tx.table(serviceEvents).by('service', service.arn);
  if (latest?.message === message && context.now - latest.createdAt < repeatAfter) return;
  tell(tx, context, service, message);
}
