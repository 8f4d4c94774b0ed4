// How many of the hosts that were asked for are still to register. Pure.
import type { ExpectedInstances } from '../../state/capacity/capacity-scaling.ts';

/**
 * What is left of `expected` (oldest first) when instances registered at the times given, in epoch ms. Each registration
 * is of the oldest request before it that still lacks one. After `warmUp` ms a host is no longer waited for.
 */
export function stillExpected(
  expected: readonly ExpectedInstances[],
  registrations: readonly number[],
  warmUp: number,
  now: number,
): readonly ExpectedInstances[] {
  const open = expected.map((request) => ({ ...request }));
  for (const at of registrations.toSorted((a, b) => a - b)) {
    const request = open.find(({ count, since }) => count > 0 && since < at);
    if (request) request.count -= 1;
  }
  return open.filter(({ count, since }) => count > 0 && since + warmUp > now);
}
