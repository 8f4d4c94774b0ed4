// How long a deployment whose tasks keep failing waits before it starts the next ones. Pure.
import { pausedUntil, type QuickExits } from './quick-exits.ts';

/** Failures that are tried again at once. */
const patience = 3;
const first = 10_000;
const longest = 15 * 60_000;

interface Failures extends QuickExits {
  readonly failedTasks: number;
  readonly startFailures?: number | undefined;
}

/**
 * The row after `failures` more: one that ran since the latest failure ends it, and one that ran and died is replaced at once
 * even where others fail.
 */
export function nextRow(
  before: number,
  failures: number,
  { hasRun, hasDied }: { readonly hasRun: boolean; readonly hasDied: boolean },
): number {
  if (hasRun) return failures;
  return (hasDied ? Math.min(before, patience - 1) : before) + failures;
}

/** How many tasks in a row never reached RUNNING; others that have run since before do not end the row. */
export const failuresInRow = ({ failedTasks, startFailures = 0 }: Failures): number =>
  Math.max(failedTasks, startFailures);

/** Epoch ms before which a deployment that is to have `desiredCount` tasks starts nothing; 0 when it may at once. */
export function heldBackUntil(
  deployment: Failures & { readonly lastFailureAt?: number | undefined },
  desiredCount: number,
): number {
  const { lastFailureAt } = deployment;
  const failures = failuresInRow(deployment);
  const paused = pausedUntil(deployment, desiredCount);
  if (failures < patience || lastFailureAt === undefined) return paused;
  return Math.max(paused, lastFailureAt + Math.min(longest, first * 2 ** (failures - patience)));
}

/** Whether it has just become one that cannot start its tasks consistently. */
export const beginsToBeHeldBack = (before: number, after: number): boolean =>
  before < patience && after >= patience;
