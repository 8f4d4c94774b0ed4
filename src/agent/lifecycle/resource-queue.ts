// Which waiting tasks may begin: first come, first served, and one that does not fit holds up all behind it.
import { addResources, type Resources } from '../../agent-protocol/resources.ts';
import { isStopped, wantsStop, type KnownTask } from '../task/known-task.ts';
import { fits, taskDemand } from '../task/task-demand.ts';

/** The tasks to admit now, in order. `reserved` is what the instance's owner keeps back of `capacity`. */
export function resourceQueue(
  tasks: readonly KnownTask[],
  capacity: Resources,
  reserved: Resources,
): readonly KnownTask[] {
  let taken = tasks
    .filter((known) => known.admitted && !isStopped(known))
    .reduce((total, { task }) => addResources(total, taskDemand(task)), reserved);
  const waiting = tasks.filter((known) => !known.admitted && !wantsStop(known) && !isStopped(known));
  const admitted: KnownTask[] = [];
  for (const known of waiting.sort((one, other) => one.order - other.order)) {
    const demand = taskDemand(known.task);
    if (!fits(capacity, taken, demand)) break;
    taken = addResources(taken, demand);
    admitted.push(known);
  }
  return admitted;
}
