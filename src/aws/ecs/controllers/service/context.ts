// What every part of the service controller is given, and how a service tells of itself.
import type { Random } from '../../../../lib/random.ts';
import type { Service } from '../../state/service/service.ts';
import type { Fleets } from '../../state/instance/fleets.ts';
import { recordServiceEvent } from '../../state/service/record-service-event.ts';
import type { WriteTransaction } from '../../../../store/store.ts';
import { serviceEvents } from '../../state/service/service-events.ts';
import { tasksAnEvent } from './messages.ts';
import type { ServiceTasks } from '../../scheduler/service/view/service-tasks.ts';
import type { TrafficRouter } from '../../scheduler/service/traffic-router.ts';

export interface ServiceControllerOptions {
  readonly fleets: Fleets;
  readonly tasks: ServiceTasks;
  readonly random: Random;
  /** Ms after which a task without health checks counts as healthy. */
  readonly healthyAfter: number;
  /** Who splits a service's traffic between two deployments. */
  readonly router: TrafficRouter;
}

export interface ServiceContext extends ServiceControllerOptions {
  /** Epoch ms. */
  readonly now: number;
}

type EventContext = Pick<ServiceContext, 'random' | 'now'>;

/** The same sentence is not said again within this, ms. */
const repeatAfter = 6 * 3_600_000;

/** An event of each time it happens. */
export const recordEvent = (
  tx: WriteTransaction,
  { random, now }: EventContext,
  service: Service,
  message: string,
): void => recordServiceEvent(tx, random, service.arn, message, now);

/** Events that name all of the tasks, as many in each as ECS names. */
export function recordTaskEvents(
  tx: WriteTransaction,
  context: EventContext,
  service: Service,
  taskIds: readonly string[],
  message: (taskIds: readonly string[]) => string,
): void {
  for (let from = 0; from < taskIds.length; from += tasksAnEvent)
    recordEvent(tx, context, service, message(taskIds.slice(from, from + tasksAnEvent)));
}

/** An event that is said once within hours, whatever else is said meanwhile. */
export function recordEventOnce(
  tx: WriteTransaction,
  context: EventContext,
  service: Service,
  message: string,
): void {
  for (const event of tx.table(serviceEvents).by('service', { serviceArn: service.arn })) {
    if (context.now - event.createdAt >= repeatAfter) break;
    if (event.message === message) return;
  }
  recordEvent(tx, context, service, message);
}

/** An event that is said once, until something else is said or hours have passed. */
export function recordEventUnlessRepeated(
  tx: WriteTransaction,
  context: EventContext,
  service: Service,
  message: string,
): void {
  const [latest] = tx.table(serviceEvents).by('service', { serviceArn: service.arn });
  if (latest?.message === message && context.now - latest.createdAt < repeatAfter) return;
  recordEvent(tx, context, service, message);
}
