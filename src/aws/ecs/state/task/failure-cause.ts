// Why a task's end is a failure of its deployment.
import type { Task } from './task.ts';

/** `start`: it never ran; `exit`: it ended though nobody had asked it to; `health`: it was stopped since its health checks failed. */
export type FailureCause = 'start' | 'exit' | 'health';

/** What ECS says of a task that its service stopped because of its health. */
export const healthReason = 'Task failed container health checks';

/**
 * Why the task's end is a failure of its deployment; undefined when it is none: it runs, was asked to stop, or its host ended
 * it. One that ended by itself has failed though some of its containers still stop.
 */
export function failureCause(
  task: Pick<Task, 'lastStatus' | 'stopCode' | 'stoppedReason' | 'endedByHost'>,
): FailureCause | undefined {
  if (task.endedByHost) return undefined;
  switch (task.stopCode) {
    case 'TaskFailedToStart':
      return 'start';
    case 'EssentialContainerExited':
      return 'exit';
    case 'ServiceSchedulerInitiated':
      return task.lastStatus === 'STOPPED' && task.stoppedReason === healthReason ? 'health' : undefined;
    default:
      return undefined;
  }
}

/** Nobody asked it to stop, and it never was RUNNING: it could not be started, or ended before it was. */
export const failedToStart = (task: Task): boolean =>
  task.startedAt === undefined && ['start', 'exit'].includes(failureCause(task) ?? '');
