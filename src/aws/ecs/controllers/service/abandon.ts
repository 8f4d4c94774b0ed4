// Abandons tasks on lost hosts for which others stand in.
import type { Service } from '../../state/service/service.ts';
import { askToStop } from '../../state/task/task-lifecycle.ts';
import { withScheduling } from '../../state/task/task-scheduling.ts';
import type { Task } from '../../state/task/task.ts';
import { lostSince } from '../../state/instance/lost-instance.ts';
import type { WriteTransaction } from '../../../../store/store.ts';
import { tasks } from '../../state/task/tasks.ts';
import { recordTaskEvents, type ServiceContext } from './context.ts';
import { abandonedTasks, durationText } from './messages.ts';
import { tasksAStep } from '../../scheduler/service/plan.ts';
import { lastPart } from '../../../../lib/arn.ts';

/** Abandons the first share of `abandoned`; answers whether more is left for the next step. */
export function abandonTasks(
  tx: WriteTransaction,
  service: Service,
  abandoned: readonly Task[],
  context: ServiceContext,
): boolean {
  const batch = abandoned.slice(0, tasksAStep);
  const byInstance = Map.groupBy(batch, ({ containerInstanceArn = '' }) => containerInstanceArn);
  for (const [instance, of] of byInstance) abandonOn(tx, service, instance, of, context);
  return batch.length < abandoned.length;
}

function abandonOn(
  tx: WriteTransaction,
  service: Service,
  instanceArn: string,
  abandoned: readonly Task[],
  context: ServiceContext,
): void {
  const { now } = context;
  const instance = lastPart(instanceArn);
  const lasted = durationText(now - (lostSince(tx, instanceArn)?.since ?? now));
  const table = tx.table(tasks);
  const reason = `Container instance ${instance} has been silent for ${lasted}`;
  for (const task of abandoned) {
    const asked = askToStop(task, 'ServiceSchedulerInitiated', reason, now);
    table.put(withScheduling(asked, { abandonedAt: now }));
  }
  const ids = abandoned.map(({ id }) => id);
  recordTaskEvents(tx, context, service, ids, (few) => abandonedTasks(service.name, instance, lasted, few));
}
