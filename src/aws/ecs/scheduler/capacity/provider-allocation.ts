// How many tasks each capacity provider of a strategy gets. Pure and deterministic.
import type { CapacityProviderStrategyItem } from '../../state/capacity/capacity-provider.ts';

type Counts = ReadonlyMap<string, number>;

/**
 * How many of `count` further tasks go to each provider, in the strategy's order; those that get none are left out.
 * The base comes first; beyond it every provider's share keeps within one task of its weight's part of the whole,
 * `alreadyPlaced` (tasks by provider) included. Where every weight is 0, nothing goes beyond the base.
 */
export function providerAllocation(
  count: number,
  strategy: readonly CapacityProviderStrategyItem[],
  alreadyPlaced: Counts = new Map(),
): Counts {
  const added = new Map<string, number>();
  const give = (name: string, tasks: number): void => {
    if (tasks > 0) added.set(name, (added.get(name) ?? 0) + tasks);
  };
  let left = count;
  for (const { capacityProvider: name, base } of strategy) {
    const missing = Math.min(left, Math.max(0, base - (alreadyPlaced.get(name) ?? 0)));
    give(name, missing);
    left -= missing;
  }
  const allocations = strategy
    .filter(({ weight }) => weight > 0)
    .map(({ capacityProvider: name, weight, base }) => ({
      name,
      weight,
      tasks: Math.max(0, (alreadyPlaced.get(name) ?? 0) - base),
    }));
  for (; left > 0 && allocations.length > 0; left--) {
    const allocation = nextProvider(allocations);
    allocation.tasks += 1;
    give(allocation.name, 1);
  }
  return new Map(strategy.flatMap(({ capacityProvider: name }) => entryOf(added, name)));
}

const entryOf = (counts: Counts, name: string): [string, number][] => {
  const tasks = counts.get(name);
  return tasks === undefined ? [] : [[name, tasks]];
};

interface Allocation {
  readonly name: string;
  readonly weight: number;
  tasks: number;
}

/**
 * The least served for its weight, of those that would not get more than their part of the whole rounded up: without
 * that, a heavy one would be served several times before many light ones.
 */
function nextProvider(allocations: readonly Allocation[]): Allocation {
  const weights = allocations.reduce((sum, { weight }) => sum + weight, 0);
  const tasks = allocations.reduce((sum, allocation) => sum + allocation.tasks, 0) + 1;
  return allocations
    .filter((allocation) => allocation.tasks * weights < allocation.weight * tasks)
    .reduce((best, allocation) =>
      (allocation.tasks + 1) * best.weight < (best.tasks + 1) * allocation.weight ? allocation : best,
    );
}
