// Takes note of how the tasks of task sets ended: those that never ran, or ended at once, hold back the next ones of their set.
import { failedToStart } from '../../../state/task/failure-cause.ts';
import { beginsToBeHeldBack } from '../../../state/service/deployment/hold-back.ts';
import { afterQuickExits, quickly } from '../../../state/service/deployment/quick-exits.ts';
import type { Service } from '../../../state/service/service.ts';
import type { TaskSet } from '../../../state/service/task-set/task-set.ts';
import type { WriteTransaction } from '../../../../../store/store.ts';
import { taskSets } from '../../../state/service/task-set/task-sets.ts';
import { tasks } from '../../../state/task/tasks.ts';
import { tell, type ServiceContext } from '../context.ts';
import { exitedEarly } from '../early-exits.ts';
import { heldBack } from '../messages.ts';
import { unsettledTasks } from '../unsettled-tasks.ts';

/** Each task is counted once; one of a set that runs ends its count. */
export function settleTaskSets(tx: WriteTransaction, service: Service, context: ServiceContext): void {
  const table = tx.table(tasks);
  const ended = unsettledTasks(tx, service.arn);
  for (const task of ended) table.put({ ...task, serviceSettled: true });
  for (const taskSet of [...tx.table(taskSets).by('service', service.arn)]) {
    const mine = ended.filter((task) => task.deploymentId === taskSet.id);
    const quick = mine.filter((task) => exitedEarly(task, quickly)).length;
    const counted =
      quick === 0
        ? taskSet
        : tx.table(taskSets).put({ ...taskSet, ...afterQuickExits(taskSet, quick, context.now) });
    count(tx, service, counted, mine.filter(failedToStart).length, context);
  }
}

function count(
  tx: WriteTransaction,
  service: Service,
  taskSet: TaskSet,
  failures: number,
  context: ServiceContext,
): void {
  const before = taskSet.failedTasks ?? 0;
  const runs = tx.table(tasks).tally('deployment', taskSet.id).running > 0;
  const failedTasks = runs ? 0 : before + failures;
  if (failedTasks === before) return;
  const lastFailureAt = failures > 0 ? context.now : taskSet.lastFailureAt;
  tx.table(taskSets).put({ ...taskSet, failedTasks, lastFailureAt });
  if (beginsToBeHeldBack(before, failedTasks)) tell(tx, context, service, heldBack(service.name));
}
