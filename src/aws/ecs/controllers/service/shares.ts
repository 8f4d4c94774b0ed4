// Which instances a service's next tasks may go to, and how many of them.
import { isScaled } from '../../state/capacity/capacity-provider.ts';
import type { Fleet } from '../../state/instance/fleet.ts';
import type { InstanceLoad } from '../../state/instance/instance-load.ts';
import type { Service } from '../../state/service/service.ts';
import { expectedLoad } from '../../state/instance/expected-load.ts';
import type { Fleets } from '../../state/instance/fleets.ts';
import { instanceLoad } from '../../state/instance/load-of-instance.ts';
import { strategyShares } from '../../scheduler/capacity/strategy-shares.ts';
import { countsByProvider } from '../../scheduler/service/workload.ts';
import type { ReadTransaction } from '../../../../store/store.ts';
import { containerInstances } from '../../state/instance/container-instances.ts';

export interface Share {
  readonly instances: Fleet | readonly InstanceLoad[];
  /** Tasks. */
  readonly count: number;
  readonly capacityProviderName?: string | undefined;
  /** What finds no place may wait: there will be more instances. */
  readonly grows: boolean;
}

/**
 * One to each instance that is given; else all to the cluster, or to each provider of the service's strategy its part.
 * `id` is that of the deployment or task set.
 */
export function sharesOf(
  tx: ReadTransaction,
  fleets: Fleets,
  service: Service,
  id: string,
  count: number,
  given: readonly string[] | undefined,
): readonly Share[] {
  const { clusterArn, capacityProviderStrategy: strategy } = service;
  if (given) {
    const found = given.flatMap((arn) => tx.table(containerInstances).get(arn) ?? []);
    return found.map((instance) => ({ instances: [expectedLoad(tx, instance)], count: 1, grows: false }));
  }
  if (strategy.length === 0) return [{ instances: fleets.fleet(tx, clusterArn), count, grows: false }];
  const cluster = { ...service, arn: clusterArn };
  return strategyShares(tx, cluster, strategy, count, countsByProvider(tx, service, id)).map((share) => ({
    instances: share.instances.map((instance) => instanceLoad(tx, instance)),
    count: share.count,
    capacityProviderName: share.name,
    grows: share.provider !== undefined && isScaled(share.provider),
  }));
}
