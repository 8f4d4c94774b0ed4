// Exponential backoff with jitter, as plain arithmetic.
import type { Random } from './random.ts';

export interface BackoffPolicy {
  /** First delay in ms. */
  readonly min: number;
  /** Largest delay in ms, before jitter. */
  readonly max: number;
  readonly factor: number;
  /** Share of the delay that chance may add or take away, 0 to 1. */
  readonly jitter: number;
}

/** The delay in ms before try number `attempt` (0 for the first retry). */
export function backoffDelay(policy: BackoffPolicy, attempt: number, random: Random): number {
  const base = Math.min(policy.max, policy.min * policy.factor ** attempt);
  return base * (1 + policy.jitter * (2 * random.next() - 1));
}
