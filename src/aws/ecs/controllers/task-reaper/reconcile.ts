// Which stopped tasks have been kept long enough. Pure.
import type { Task } from '../../state/task/task.ts';

export interface ReapPlan {
  /** ARNs of the tasks to forget. */
  readonly forget: readonly string[];
  /** Epoch ms before which nothing can fall due. */
  readonly wakeAt: number;
}

/** Of `stopped` tasks, forgets those that stopped `retention` ms ago or earlier. */
export function reconcile(stopped: Iterable<Task>, retention: number, now: number): ReapPlan {
  const forget: string[] = [];
  // A task that stops from now on is due no earlier than this.
  let wakeAt = now + retention;
  for (const task of stopped) {
    const due = (task.stoppedAt ?? now) + retention;
    if (due <= now) forget.push(task.arn);
    else wakeAt = Math.min(wakeAt, due);
  }
  return { forget, wakeAt };
}
