// When the scale-in protection of a task ends.
import type { Task } from './task.ts';

/** Whether its service must let it be at `now` (epoch ms): protection lapses by itself. */
export const isProtected = (task: Task, now: number): boolean =>
  task.protectedUntil !== undefined && task.protectedUntil > now && task.lastStatus !== 'STOPPED';
