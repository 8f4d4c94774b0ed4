// How long a deployment whose tasks keep failing waits before it starts the next ones. Pure.
import { crashLoopUntil, type CrashLoop } from './crash-loop.ts';

/** Failures that are tried again at once. */
const immediateRetries = 3;
const firstBackoff = 10_000;
const maxBackoff = 15 * 60_000;

interface Failures extends CrashLoop {
  readonly failedTasks: number;
  readonly startFailures?: number | undefined;
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
export const consecutiveFailures = ({ failedTasks, startFailures = 0 }: Failures): number =>
  Math.max(failedTasks, startFailures);

/** Epoch ms before which a deployment that is to have `desiredCount` tasks starts nothing; 0 when it may at once. */
export function backoffUntil(
  deployment: Failures & { readonly lastFailureAt?: number | undefined },
  desiredCount: number,
): number {
  const { lastFailureAt } = deployment;
  const failures = consecutiveFailures(deployment);
  const paused = crashLoopUntil(deployment, desiredCount);
  if (failures < immediateRetries || lastFailureAt === undefined) return paused;
  return Math.max(
    paused,
    lastFailureAt + Math.min(maxBackoff, firstBackoff * 2 ** (failures - immediateRetries)),
  );
}

/** Whether it has just become one that cannot start its tasks consistently. */
export const beginsBackoff = (before: number, after: number): boolean =>
  before < immediateRetries && after >= immediateRetries;
