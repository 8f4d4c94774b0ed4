// A cluster's instances with what their tasks take of them, for questions that look at every one.
import type { Cluster } from '../aws/ecs/state/cluster/cluster.ts';
import type { InstanceLoad } from '../aws/ecs/state/instance/instance-load.ts';
import { instanceLoad } from '../aws/ecs/state/instance/load-of-instance.ts';
import type { ReadTransaction } from '../store/store.ts';
import { instancesOf } from './resolve.ts';

/** ACTIVE and DRAINING ones, in ARN order; not to be kept beyond `tx`. */
export const clusterLoads = (tx: ReadTransaction, cluster: Cluster): readonly InstanceLoad[] =>
  instancesOf(tx, cluster)
    .map((instance) => instanceLoad(tx, instance))
    .toArray();
