// How long a deployment whose tasks keep failing to start waits before it starts the next ones. Pure.

/** Failures that are tried again at once. */
const patience = 3;
const first = 10_000;
const longest = 15 * 60_000;

/** Epoch ms before which the deployment starts nothing; 0 when it may at once. */
export function heldBackUntil(deployment: {
  readonly failedTasks: number;
  readonly lastFailureAt?: number | undefined;
}): number {
  const { failedTasks, lastFailureAt } = deployment;
  if (failedTasks < patience || lastFailureAt === undefined) return 0;
  return lastFailureAt + Math.min(longest, first * 2 ** (failedTasks - patience));
}

/** Whether it has just become one that cannot start its tasks consistently. */
export const beginsToBeHeldBack = (before: number, after: number): boolean =>
  before < patience && after >= patience;
