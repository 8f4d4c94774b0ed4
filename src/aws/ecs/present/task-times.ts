// The times that a task's agent tells, as they are shown. They are of the clock of its host, which may be wrong, and the rest is of
// the control plane's: each is shown within what the control plane saw, so that no step seems to come before the one before it.
import type { Task } from '../state/task/task.ts';

type AgentTimes = Pick<Task, 'pullStartedAt' | 'pullStoppedAt' | 'executionStoppedAt'>;

/** Epoch ms: created, pull started, pull stopped, started, execution stopped, stopped; those that are not known are left out. */
export function agentTimes(task: Task): AgentTimes {
  const { createdAt, startedAt, stoppedAt = Infinity } = task;
  const pull = within(createdAt, startedAt ?? stoppedAt);
  return {
    pullStartedAt: pull(task.pullStartedAt),
    pullStoppedAt: pull(task.pullStoppedAt),
    executionStoppedAt: within(startedAt ?? createdAt, stoppedAt)(task.executionStoppedAt),
  };
}

const within =
  (from: number, to: number) =>
  (at: number | undefined): number | undefined =>
    at === undefined ? undefined : Math.max(from, Math.min(at, to));
