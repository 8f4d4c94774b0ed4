// What, if anything, an agent must be told about a task.
import type { Task } from '../aws/ecs/state/task/task.ts';

/**
 * The desired status to tell the agent, or undefined when it has nothing left to do: a running task needs no second
 * start, and a stopped one is final (an agent that cannot read a task reports it STOPPED and never acknowledges it).
 */
export function wantedStatus(task: Task): Task['desiredStatus'] | undefined {
  if (task.lastStatus === 'STOPPED') return undefined;
  if (task.desiredStatus === 'STOPPED') return 'STOPPED';
  return task.lastStatus === 'PENDING' ? 'RUNNING' : undefined;
}

/** Stops first, since they free what starts may need; then the oldest first. */
export const byUrgency = (a: Task, b: Task): number =>
  Number(b.desiredStatus === 'STOPPED') - Number(a.desiredStatus === 'STOPPED') || a.createdAt - b.createdAt;
