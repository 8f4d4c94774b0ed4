// Does what a plan says: stops and starts a service's tasks, and tells so.
import { lastPart } from '../../model/arn.ts';
import { healthReason } from '../../model/deployment-failure.ts';
import type { Service } from '../../model/service.ts';
import type { Task } from '../../model/task.ts';
import type { TaskSet } from '../../model/task-set.ts';
import { askToStop } from '../../model/task-lifecycle.ts';
import type { WriteTransaction } from '../../store/store.ts';
import { deployments } from '../../store/tables/deployments.ts';
import { taskSets } from '../../store/tables/task-sets.ts';
import { tasks } from '../../store/tables/tasks.ts';
import { say, tell, type ServiceContext } from './context.ts';
import * as messages from './messages.ts';
import type { ServicePlan, StartOrder, StopOrder } from './plan.ts';
import { startTasks, type Started } from './start-tasks.ts';

/** `by` is who plans: the PRIMARY deployment or a task set. Answers whether tasks found no place. */
export function act(
  tx: WriteTransaction,
  service: Service,
  by: { readonly id: string },
  { start, stop }: Pick<ServicePlan, 'start' | 'stop'>,
  context: ServiceContext,
): boolean {
  const stopped = stop.map((order) => stopTask(tx, service, by, order, context));
  const running = idsOf(stopped.filter((task) => task.lastStatus === 'RUNNING'));
  if (running.length > 0) tell(tx, context, service, messages.stoppedTasks(service.name, running));
  const outcomes = start.map((order) => startOrdered(tx, service, order, context));
  const started = idsOf(outcomes.flatMap((outcome) => outcome.started));
  if (started.length > 0) tell(tx, context, service, messages.startedTasks(service.name, started));
  const missing = start.reduce((sum, { count }) => sum + count, 0) - started.length;
  if (missing === 0) return false;
  const isOverLimit = outcomes.some(({ overLimit }) => overLimit > 0);
  const verdicts = outcomes.flatMap((outcome) => outcome.verdicts);
  const among = outcomes.some(({ byStrategy }) => byStrategy) ? 'capacity provider' : 'cluster';
  const message = isOverLimit
    ? messages.tooManyWait(service.name)
    : messages.unplaced(service.name, verdicts, among);
  say(tx, context, service, message);
  return true;
}

const idsOf = (of: readonly Task[]): string[] => of.map(({ arn }) => lastPart(arn));

function stopTask(
  tx: WriteTransaction,
  service: Service,
  by: { readonly id: string },
  { arn, because }: StopOrder,
  context: ServiceContext,
): Task {
  const table = tx.table(tasks);
  const task = table.get(arn)!;
  if (because === 'health') {
    tell(tx, context, service, messages.failedHealthChecks(service.name, lastPart(arn)));
    return table.put(askToStop(task, 'ServiceSchedulerInitiated', healthReason, context.now));
  }
  if (because === 'constraints')
    tell(tx, context, service, messages.constraintViolated(service.name, lastPart(arn)));
  const reason = task.replaceAsked
    ? 'Task replaced by its service: a user asked for it'
    : `Scaling activity initiated by (deployment ${by.id})`;
  return table.put(askToStop(task, 'ServiceSchedulerInitiated', reason, context.now));
}

function startOrdered(
  tx: WriteTransaction,
  service: Service,
  { deploymentId, count, instances }: StartOrder,
  context: ServiceContext,
): Started & { readonly byStrategy: boolean } {
  const [deployment] = tx.table(deployments).by('id', deploymentId);
  const [taskSet] = tx.table(taskSets).by('id', deploymentId);
  const of = deployment ?? taskSet;
  if (!of) return { started: [], verdicts: [], overLimit: 0, byStrategy: false };
  const asItRuns = taskSet ? asTaskSet(service, taskSet) : service;
  const outcome = startTasks(tx, context, asItRuns, of, count, { instances });
  return { ...outcome, byStrategy: asItRuns.capacityProviderStrategy.length > 0 };
}

/** The service as its task set runs it. */
const asTaskSet = (service: Service, { launchType, capacityProviderStrategy }: TaskSet): Service => ({
  ...service,
  launchType,
  capacityProviderStrategy,
});
