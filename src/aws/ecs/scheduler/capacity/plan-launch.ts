// Which instances the tasks of a launch go to, and which of them wait for capacity: the same for RunTask, StartTask and services.
import type { Random } from '../../../../lib/random.ts';
import type { ReadTransaction } from '../../../../store/store.ts';
import { isScaled, type CapacityProviderStrategyItem } from '../../state/capacity/capacity-provider.ts';
import type { Cluster } from '../../state/cluster/cluster.ts';
import type { Fleet } from '../../state/instance/fleet.ts';
import type { InstanceUsage } from '../../state/instance/instance-usage.ts';
import { instanceUsage } from '../../state/instance/usage-of-instance.ts';
import type { LaunchParts } from '../../state/launch/launch-tasks.ts';
import type { PlacementRequest } from '../placement/filter.ts';
import type { Verdict } from '../placement/filters.ts';
import { place } from '../placement/place.ts';
import { provisioningRequestOf } from '../placement/provisioning-task.ts';
import { allocatedInstances } from './allocated-instances.ts';
import { tasks } from '../../state/task/tasks.ts';

/** Tasks that go to one capacity provider, or, without a name, to the instances that are given. */
export interface LaunchShare {
  readonly instances: Fleet | readonly InstanceUsage[];
  /** Tasks. */
  readonly count: number;
  readonly capacityProviderName?: string | undefined;
  /** What finds no place may wait: there will be more instances. */
  readonly grows: boolean;
}

export interface LaunchPlan extends LaunchParts {
  /** Why instances refused what neither was placed nor waits. */
  readonly verdicts: readonly Verdict[];
  /** How many more would wait for capacity, but as many tasks of the cluster as may do so already. */
  readonly overLimit: number;
}

/** The shares of `count` further tasks among the providers of a strategy; `already` has the earlier tasks by provider. */
export const sharesByStrategy = (
  tx: ReadTransaction,
  cluster: Pick<Cluster, 'accountId' | 'region' | 'arn'>,
  strategy: readonly CapacityProviderStrategyItem[],
  count: number,
  already?: ReadonlyMap<string, number>,
): readonly LaunchShare[] =>
  allocatedInstances(tx, cluster, strategy, count, already).map((allocation) => ({
    instances: allocation.instances.map((instance) => instanceUsage(tx, instance)),
    count: allocation.count,
    capacityProviderName: allocation.name,
    grows: allocation.provider !== undefined && isScaled(allocation.provider),
  }));

/** Decides for all shares. No two of them may be of the same instance: none sees what another takes. */
export function planLaunch(
  tx: ReadTransaction,
  clusterArn: string,
  requirements: PlacementRequest,
  allocations: readonly LaunchShare[],
  random: Random,
): LaunchPlan {
  let room = provisioningQuotaLeft(tx, clusterArn);
  const planned = allocations.map(({ instances, count, capacityProviderName, grows }) => {
    const { placed, verdicts } = place(requirements, instances, count, random);
    const missing = count - placed.length;
    const waiting = grows ? Math.min(missing, room) : 0;
    room -= waiting;
    return {
      part: { capacityProviderName, placed, waiting },
      verdicts: waiting < missing ? verdicts : [],
      overLimit: grows ? missing - waiting : 0,
    };
  });
  return {
    parts: planned.map(({ part }) => part),
    provisioningRequest: provisioningRequestOf(requirements),
    verdicts: planned.flatMap(({ verdicts }) => verdicts),
    overLimit: planned.reduce((sum, { overLimit }) => sum + overLimit, 0),
  };
}

/** ECS's quota of PROVISIONING tasks of a cluster, whoever started them. */
const provisioningQuota = 500;

const provisioningQuotaLeft = (tx: ReadTransaction, clusterArn: string): number =>
  Math.max(0, provisioningQuota - tx.table(tasks).count('clusterProvisioning', { clusterArn }));
