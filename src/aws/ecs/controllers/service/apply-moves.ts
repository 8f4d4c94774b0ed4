// Does the first share of what a plan starts and stops, and tells so.
import { healthReason } from '../../state/task/failure-cause.ts';
import type { Service } from '../../state/service/service.ts';
import type { Task } from '../../state/task/task.ts';
import { askToStop } from '../../state/task/task-lifecycle.ts';
import { workloadOf } from '../../scheduler/service/workload.ts';
import type { WriteTransaction } from '../../../../store/store.ts';
import { tasks } from '../../state/task/tasks.ts';
import { recordEventUnlessRepeated, recordEvent, recordTaskEvents, type ServiceContext } from './context.ts';
import * as messages from './messages.ts';
import {
  firstAllowed,
  type ServiceMoves,
  type StartOrder,
  type StopOrder,
} from '../../scheduler/service/plan.ts';
import { startTasks, type Started } from './start-tasks.ts';
import { lastPart } from '../../../../lib/arn.ts';

/** A placement that failed is tried again after this, ms, if nothing changes before. */
const retryPlacement = 10_000;

/** Who orders: a service by the deployment or task set of the id `by`. */
interface Orders extends Pick<ServiceMoves, 'start' | 'stop'> {
  readonly service: Service;
  readonly by: string;
}

export interface Applied {
  /** Where there are any, what placement knows of the instances is out of date for the rest of the transaction. */
  readonly started: readonly Task[];
  readonly stopped: readonly Task[];
  /** When, epoch ms, to look again though nothing changed: at once for the rest, later where tasks found no place. */
  readonly wakeAt?: number | undefined;
}

/** What stops goes first, as it makes room. */
export function applyMoves(tx: WriteTransaction, orders: Orders, context: ServiceContext): Applied {
  const { service, by } = orders;
  const { start, stop, isCut } = firstAllowed(orders);
  const stopped = stop.map((order) => stopTask(tx, service, by, order, context));
  const running = idsOf(stopped.filter((task) => task.lastStatus === 'RUNNING'));
  recordTaskEvents(tx, context, service, running, (ids) => messages.stoppedTasks(service.name, ids));
  const outcomes = startFirst(tx, service, start, context);
  const started = outcomes.flatMap((outcome) => outcome.started);
  recordTaskEvents(tx, context, service, idsOf(started), (ids) => messages.startedTasks(service.name, ids));
  const tried = start.slice(0, outcomes.length);
  const goesOn = isCut || tried.length < start.length;
  const hasPlacedAll = tried.reduce((sum, { count }) => sum + count, 0) === started.length;
  if (!hasPlacedAll) tellUnplaced(tx, service, outcomes, context);
  const isNow = hasPlacedAll ? goesOn : tried.length < start.length;
  const later = hasPlacedAll ? undefined : context.now + retryPlacement;
  return { started, stopped, wakeAt: isNow ? context.now : later };
}

function tellUnplaced(
  tx: WriteTransaction,
  service: Service,
  outcomes: readonly Outcome[],
  context: ServiceContext,
): void {
  const isOverLimit = outcomes.some(({ overLimit }) => overLimit > 0);
  const verdicts = outcomes.flatMap((outcome) => outcome.verdicts);
  const among = outcomes.some(({ byStrategy }) => byStrategy) ? 'capacity provider' : 'cluster';
  const message = isOverLimit
    ? messages.tooManyWait(service.name)
    : messages.unplaced(service.name, verdicts, among);
  recordEventUnlessRepeated(tx, context, service, message);
}

/**
 * Orders one after the other until one starts something. The next one is for the next step: within a transaction placement does not
 * see what was placed before.
 */
function startFirst(
  tx: WriteTransaction,
  service: Service,
  orders: readonly StartOrder[],
  context: ServiceContext,
): readonly Outcome[] {
  const outcomes: Outcome[] = [];
  for (const order of orders) {
    const outcome = startOrdered(tx, service, order, context);
    outcomes.push(outcome);
    if (outcome.started.length > 0) break;
  }
  return outcomes;
}

type Outcome = Started & { readonly byStrategy: boolean };

const idsOf = (of: readonly Task[]): string[] => of.map(({ arn }) => lastPart(arn));

function stopTask(
  tx: WriteTransaction,
  service: Service,
  by: string,
  { arn, because }: StopOrder,
  context: ServiceContext,
): Task {
  const table = tx.table(tasks);
  const task = table.get(arn)!;
  if (because === 'health') {
    recordEvent(tx, context, service, messages.failedHealthChecks(service.name, lastPart(arn)));
    return table.put(askToStop(task, 'ServiceSchedulerInitiated', healthReason, context.now));
  }
  if (because === 'constraints')
    recordEvent(tx, context, service, messages.constraintViolated(service.name, lastPart(arn)));
  const reason = task.scheduling?.replaceAsked
    ? 'Task replaced by its service: a user asked for it'
    : `Scaling activity initiated by (deployment ${by})`;
  return table.put(askToStop(task, 'ServiceSchedulerInitiated', reason, context.now));
}

function startOrdered(
  tx: WriteTransaction,
  service: Service,
  { deploymentId, count, instances }: StartOrder,
  context: ServiceContext,
): Outcome {
  const workload = workloadOf(tx, service, deploymentId);
  if (!workload) return { started: [], verdicts: [], overLimit: 0, byStrategy: false };
  const outcome = startTasks(tx, context, { ...workload, count, instances });
  return { ...outcome, byStrategy: workload.service.capacityProviderStrategy.length > 0 };
}
