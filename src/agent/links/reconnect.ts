// How long a link waits before it connects again. Pure.
import { backoffDelay, type BackoffPolicy } from '../../lib/backoff.ts';
import type { Random } from '../../lib/random.ts';

/** How a connection ended, or why there was none; `lasted` is in ms. */
export type LinkEnd =
  | { readonly kind: 'refused'; readonly code: string }
  | { readonly kind: 'silent'; readonly lasted: number }
  | { readonly kind: 'closed'; readonly code: number; readonly lasted: number };

export interface ReconnectPolicy {
  /** Close codes after which the link connects again without a pause. */
  readonly immediate: readonly number[];
  readonly backoff: BackoffPolicy;
  /** A connection that lasted this long, in ms (chosen by chance in between), makes the backoff begin anew. */
  readonly steadyAfter: { readonly min: number; readonly max: number };
}

/** What is remembered between connections. */
export interface LinkHistory {
  readonly failures: number;
  /** Connections in a row that were dropped as soon as they were made. */
  readonly drops: number;
}

export const freshHistory: LinkHistory = { failures: 0, drops: 0 };

const inactiveWait = 60 * 60_000;
/** A connection shorter than this, in ms, was dropped rather than used. */
const instant = 5000;
/** The official agent would try for ever without a pause; a server that drops every connection deserves better. */
const toleratedDrops = 3;

/** The policy of the command link, as the official agent has it. */
export const acsPolicy: ReconnectPolicy = {
  immediate: [1000, 1001, 1006, 1011],
  backoff: { min: 250, max: 120_000, factor: 1.5, jitter: 0.2 },
  steadyAfter: { min: 60_000, max: 120_000 },
};

/** The policy of the telemetry link. */
export const tcsPolicy: ReconnectPolicy = {
  immediate: [1000, 1001],
  backoff: { min: 1000, max: 60_000, factor: 2, jitter: 0.2 },
  steadyAfter: { min: 60_000, max: 120_000 },
};

/** The delay in ms before the next connection, and what to remember for the one after it. */
export function reconnect(
  policy: ReconnectPolicy,
  history: LinkHistory,
  end: LinkEnd,
  random: Random,
): { readonly delay: number; readonly history: LinkHistory } {
  if (end.kind === 'refused' && end.code === 'InactiveInstanceException') {
    return { delay: inactiveWait, history };
  }
  const { min, max } = policy.steadyAfter;
  const steady = end.kind !== 'refused' && end.lasted >= min + random.next() * (max - min);
  const failures = steady ? 0 : history.failures;
  if (end.kind === 'closed' && policy.immediate.includes(end.code)) {
    const drops = end.lasted < instant ? history.drops + 1 : 0;
    const excess = drops - toleratedDrops;
    const delay = excess > 0 ? backoffDelay(policy.backoff, excess - 1, random) : 0;
    return { delay, history: { failures, drops } };
  }
  return {
    delay: backoffDelay(policy.backoff, failures, random),
    history: { failures: failures + 1, drops: 0 },
  };
}
