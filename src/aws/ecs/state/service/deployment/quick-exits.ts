// How a crash loop is slowed down: ECS replaces at once what ran and died, here that is so until tasks of a deployment died
// very often right after their start. Pure.

/** A task that ends by itself after less, ms, ended quickly. */
export const quickly = 10_000;
/** After so long without one, ms, the row is over. */
const calm = 60_000;
/** Quick exits in a row that are of no consequence, if the deployment has no more tasks than that. */
const patience = 5;
const shortest = 1_000;
const longest = 10_000;

export interface QuickExits {
  /** In a row; absent = 0. */
  readonly quickExits?: number | undefined;
  /** Epoch ms of the latest. */
  readonly quickExitAt?: number | undefined;
}

/** The row after `more` of them at `now`, epoch ms. */
export function afterQuickExits(row: QuickExits, more: number, now: number): Required<QuickExits> {
  const { quickExits = 0, quickExitAt = 0 } = row;
  const before = now - quickExitAt > calm ? 0 : quickExits;
  return { quickExits: before + more, quickExitAt: now };
}

/** Epoch ms before which a deployment of `desiredCount` tasks starts nothing; 0 when it may at once. */
export function pausedUntil({ quickExits = 0, quickExitAt = 0 }: QuickExits, desiredCount: number): number {
  const beyond = quickExits - Math.max(patience, desiredCount);
  if (beyond <= 0) return 0;
  const rounds = Math.ceil(beyond / Math.max(1, desiredCount));
  return quickExitAt + Math.min(longest, shortest * 2 ** Math.min(rounds - 1, 10));
}
