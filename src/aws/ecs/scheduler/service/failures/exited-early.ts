// Tasks that ran and ended too soon.
import { failureCause } from '../../../state/task/failure-cause.ts';
import type { Task } from '../../../state/task/task.ts';

/** Whether the task ended by itself less than `within` ms after it began to run; one that ended at once may never have been seen to. */
export function exitedEarly(task: Task, within: number): boolean {
  if (failureCause(task) !== 'exit') return false;
  // Both as the control plane saw them: what its agent says of the end is of another clock, which may be wrong.
  const { startedAt, stoppingAt = 0 } = task;
  return startedAt === undefined || stoppingAt - startedAt < within;
}
