// A cluster's instances with what their tasks take of them, for questions that look at every one.
import type { Cluster } from '../aws/ecs/state/cluster/cluster.ts';
import type { InstanceUsage } from '../aws/ecs/state/instance/instance-usage.ts';
import { instanceUsage } from '../aws/ecs/state/instance/usage-of-instance.ts';
import type { ReadTransaction } from '../store/store.ts';
import { instancesOf } from './resolve.ts';

/** ACTIVE and DRAINING ones, in ARN order; not to be kept beyond `tx`. */
export const clusterUsages = (tx: ReadTransaction, cluster: Cluster): readonly InstanceUsage[] =>
  instancesOf(tx, cluster)
    .map((instance) => instanceUsage(tx, instance))
    .toArray();
