// Planned tasks divided among the capacity providers of a strategy, as RunTask and services divide them.
import {
  isScaled,
  type CapacityProvider,
  type CapacityProviderStrategyItem,
} from '../../aws/ecs/state/capacity/capacity-provider.ts';
import type { Cluster } from '../../aws/ecs/state/cluster/cluster.ts';
import type { PlacementRequest } from '../../aws/ecs/scheduler/placement/filter.ts';
import type { PlannedTasks } from '../../aws/ecs/scheduler/placement/plan.ts';
import type { ReadTransaction } from '../../store/store.ts';
import { allocatedInstances } from '../../aws/ecs/scheduler/capacity/allocated-instances.ts';

/** Tasks that go to one provider, or to the whole cluster. */
export interface PlannedPart extends PlannedTasks {
  readonly provider?: CapacityProvider | undefined;
}

export interface DividedTasks {
  readonly requirements: PlacementRequest;
  readonly count: number;
  /** Empty: any instance may take them. */
  readonly strategy: readonly CapacityProviderStrategyItem[];
  /** How many of the same service each provider has already, by its name. */
  readonly already?: ReadonlyMap<string, number> | undefined;
}

export function plannedParts(
  tx: ReadTransaction,
  cluster: Pick<Cluster, 'accountId' | 'region' | 'arn'>,
  { requirements, count, strategy, already }: DividedTasks,
): readonly PlannedPart[] {
  if (strategy.length === 0) return [{ requirements, count }];
  return allocatedInstances(tx, cluster, strategy, count, already).map((allocation) => ({
    requirements,
    count: allocation.count,
    provider: allocation.provider,
    on: new Set(allocation.instances.map(({ arn }) => arn)),
  }));
}

/** Whether tasks that the part has no room for wait until its provider has grown. */
export const waitsForCapacity = ({ provider }: PlannedPart): boolean =>
  provider !== undefined && isScaled(provider);
