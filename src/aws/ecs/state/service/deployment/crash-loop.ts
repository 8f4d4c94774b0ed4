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
  readonly crashLoopExits?: number | undefined;
  /** Epoch ms of the latest. */
  readonly lastCrashLoopExitAt?: number | undefined;
}

/** The count after `more` of them at `now`, epoch ms. */
export function withCrashLoopExits(row: CrashLoop, more: number, now: number): Required<CrashLoop> {
  const { crashLoopExits = 0, lastCrashLoopExitAt = 0 } = row;
  const before = now - lastCrashLoopExitAt > calm ? 0 : crashLoopExits;
  return { crashLoopExits: before + more, lastCrashLoopExitAt: now };
}

/** Epoch ms before which a deployment of `desiredCount` tasks starts nothing; 0 when it may at once. */
export function crashLoopUntil(
  { crashLoopExits = 0, lastCrashLoopExitAt = 0 }: CrashLoop,
  desiredCount: number,
): number {
  const beyond = crashLoopExits - Math.max(toleratedExits, desiredCount);
  if (beyond <= 0) return 0;
  const rounds = Math.ceil(beyond / Math.max(1, desiredCount));
  return lastCrashLoopExitAt + Math.min(maxBackoff, minBackoff * 2 ** Math.min(rounds - 1, 10));
}
