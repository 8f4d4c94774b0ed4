// When the scale-in protection of a task ends: after the time that was asked for, or with the task. It lapses by itself, and from
// the service's end on (DRAINING) nobody heeds it: see `serviceTask`'s `isProtected` in scheduler/service/view.
import type { Task } from './task.ts';

/** Of `expiresInMinutes`, both ends included. */
export const protectionMinutes = { min: 1, max: 2880, default: 120 } as const;

/** When protection that begins at `now` ends, both epoch ms. */
export const protectionEnd = (now: number, expiresInMinutes: number = protectionMinutes.default): number =>
  now + expiresInMinutes * 60_000;

/** Whether its service must let it be at `now`, epoch ms. */
export const isProtected = (task: Task, now: number): boolean =>
  task.protectedUntil !== undefined && task.protectedUntil > now && task.lastStatus !== 'STOPPED';
