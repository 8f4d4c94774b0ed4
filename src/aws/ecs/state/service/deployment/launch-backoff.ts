// How long a deployment whose tasks keep failing waits before it starts the next ones. Pure.
import { crashLoopUntil, type CrashLoop } from './crash-loop.ts';

/** Failures that are tried again at once. */
const immediateRetries = 3;
const firstBackoff = 10_000;
const maxBackoff = 15 * 60_000;

export interface LaunchFailures extends CrashLoop {
  /** Tasks in a row that never reached RUNNING; absent = 0. */
  readonly failedTasks?: number | undefined;
  /** The same, but counted whatever else runs; absent = 0. */
  readonly startFailures?: number | undefined;
  /** Epoch ms of the latest of them. */
  readonly lastFailureAt?: number | undefined;
}

/**
 * The count after `failures` more: one that ran since the latest failure ends it, and one that ran and died is replaced at once
 * even where others fail.
 */
export function nextConsecutiveFailures(
  before: number,
  failures: number,
  { hasRun, hasDied }: { readonly hasRun: boolean; readonly hasDied: boolean },
): number {
  if (hasRun) return failures;
  return (hasDied ? Math.min(before, immediateRetries - 1) : before) + failures;
}

/** How many tasks in a row never reached RUNNING; others that have run since before do not end the count. */
export const consecutiveFailures = ({ failedTasks = 0, startFailures = 0 }: LaunchFailures): number =>
  Math.max(failedTasks, startFailures);

/** Epoch ms before which a deployment that is to have `desiredCount` tasks starts nothing; 0 when it may at once. */
export function backoffUntil(failures: LaunchFailures, desiredCount: number): number {
  const { lastFailureAt } = failures;
  const count = consecutiveFailures(failures);
  const paused = crashLoopUntil(failures, desiredCount);
  if (count < immediateRetries || lastFailureAt === undefined) return paused;
  return Math.max(
    paused,
    lastFailureAt + Math.min(maxBackoff, firstBackoff * 2 ** (count - immediateRetries)),
  );
}

/** Whether it has just become one that cannot start its tasks consistently. */
export const beginsBackoff = (before: number, after: number): boolean =>
  before < immediateRetries && after >= immediateRetries;
