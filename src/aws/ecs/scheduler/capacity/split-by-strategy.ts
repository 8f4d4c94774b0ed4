// How tasks are divided among the capacity providers of a strategy. Pure and deterministic.
import type { CapacityProviderStrategyItem } from '../../state/capacity/capacity-provider.ts';

type Counts = ReadonlyMap<string, number>;

/**
 * How many of `count` further tasks go to each provider, in the strategy's order; those that get none are left out.
 * The base comes first; beyond it every provider's share keeps within one task of its weight's part of the whole,
 * `alreadyPlaced` (tasks by provider) included. Where every weight is 0, nothing goes beyond the base.
 */
export function splitByStrategy(
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
  const shares = strategy
    .filter(({ weight }) => weight > 0)
    .map(({ capacityProvider: name, weight, base }) => ({
      name,
      weight,
      tasks: Math.max(0, (alreadyPlaced.get(name) ?? 0) - base),
    }));
  for (; left > 0 && shares.length > 0; left--) {
    const share = nextShare(shares);
    share.tasks += 1;
    give(share.name, 1);
  }
  return new Map(strategy.flatMap(({ capacityProvider: name }) => entryOf(added, name)));
}

const entryOf = (counts: Counts, name: string): [string, number][] => {
  const tasks = counts.get(name);
  return tasks === undefined ? [] : [[name, tasks]];
};

interface Share {
  readonly name: string;
  readonly weight: number;
  tasks: number;
}

/**
 * The least served for its weight, of those that would not get more than their part of the whole rounded up: without
 * that, a heavy one would be served several times before many light ones.
 */
function nextShare(shares: readonly Share[]): Share {
  const weights = shares.reduce((sum, { weight }) => sum + weight, 0);
  const tasks = shares.reduce((sum, share) => sum + share.tasks, 0) + 1;
  return shares
    .filter((share) => share.tasks * weights < share.weight * tasks)
    .reduce((best, share) =>
      (share.tasks + 1) * best.weight < (best.tasks + 1) * share.weight ? share : best,
    );
}
