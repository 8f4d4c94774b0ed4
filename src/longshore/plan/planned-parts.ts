// Planned tasks divided among the capacity providers of a strategy, as RunTask and services divide them.
import {
  isScaled,
  type CapacityProvider,
  type CapacityProviderStrategyItem,
} from '../../aws/ecs/state/capacity/capacity-provider.ts';
import type { Cluster } from '../../aws/ecs/state/cluster/cluster.ts';
import type { Ask } from '../../aws/ecs/scheduler/placement/filter.ts';
import type { PlannedTasks } from '../../aws/ecs/scheduler/placement/plan.ts';
import type { ReadTransaction } from '../../store/store.ts';
import { strategyShares } from '../../aws/ecs/scheduler/capacity/strategy-shares.ts';

/** Tasks that go to one provider, or to the whole cluster. */
export interface PlannedPart extends PlannedTasks {
  readonly provider?: CapacityProvider | undefined;
}

export interface DividedTasks {
  readonly ask: Ask;
  readonly count: number;
  /** Empty: any instance may take them. */
  readonly strategy: readonly CapacityProviderStrategyItem[];
  /** How many of the same service each provider has already, by its name. */
  readonly already?: ReadonlyMap<string, number> | undefined;
}

export function plannedParts(
  tx: ReadTransaction,
  cluster: Pick<Cluster, 'accountId' | 'region' | 'arn'>,
  { ask, count, strategy, already }: DividedTasks,
): readonly PlannedPart[] {
  if (strategy.length === 0) return [{ ask, count }];
  return strategyShares(tx, cluster, strategy, count, already).map((share) => ({
    ask,
    count: share.count,
    provider: share.provider,
    on: new Set(share.instances.map(({ arn }) => arn)),
  }));
}

/** Whether tasks that the part has no room for wait until its provider has grown. */
export const waitsForCapacity = ({ provider }: PlannedPart): boolean =>
  provider !== undefined && isScaled(provider);
