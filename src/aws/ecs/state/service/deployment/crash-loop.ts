// How a crash loop is slowed down: ECS replaces at once what ran and died, here that is so until tasks of a deployment died
// very often right after their start. Pure.

/** A task that ends by itself after less, ms, counts as part of a crash loop. */
export const crashLoopRunTime = 10_000;
/** After so long without one, ms, the count begins anew. */
const calm = 60_000;
/** Such exits, one after another, that are of no consequence, if the deployment has no more tasks than that. */
const toleratedExits = 5;
const minBackoff = 1_000;
const maxBackoff = 10_000;

export interface CrashLoop {
  /** One after another; absent = 0. */
  readonly quickExits?: number | undefined;
  /** Epoch ms of the latest. */
  readonly quickExitAt?: number | undefined;
}

/** The count after `more` of them at `now`, epoch ms. */
export function withCrashLoopExits(row: CrashLoop, more: number, now: number): Required<CrashLoop> {
  const { quickExits = 0, quickExitAt = 0 } = row;
  const before = now - quickExitAt > calm ? 0 : quickExits;
  return { quickExits: before + more, quickExitAt: now };
}

/** Epoch ms before which a deployment of `desiredCount` tasks starts nothing; 0 when it may at once. */
export function crashLoopUntil({ quickExits = 0, quickExitAt = 0 }: CrashLoop, desiredCount: number): number {
  const beyond = quickExits - Math.max(toleratedExits, desiredCount);
  if (beyond <= 0) return 0;
  const rounds = Math.ceil(beyond / Math.max(1, desiredCount));
  return quickExitAt + Math.min(maxBackoff, minBackoff * 2 ** Math.min(rounds - 1, 10));
}
