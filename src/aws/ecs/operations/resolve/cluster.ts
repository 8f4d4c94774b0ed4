// From what a caller writes (nothing, a name, an ARN) to a cluster.
import { clusterArn, parseEcsArn } from '../../state/arn.ts';
import type { Cluster } from '../../state/cluster/cluster.ts';
import type { Scope } from '../../../shared/scope.ts';
import type { ReadTransaction } from '../../../../store/store.ts';
import { clusters } from '../../state/cluster/clusters.ts';
import { clusterInactive, clusterNotFound, invalidParameter } from '../../errors.ts';

const namePattern = /^[A-Za-z0-9_-]{1,255}$/;

/** The name in a cluster reference; absent means `default`. Throws InvalidParameterException when it is neither name nor cluster ARN. */
function clusterName(reference: string | undefined): string {
  if (reference === undefined) return 'default';
  const arn = parseEcsArn(reference);
  const name = arn ? arn.path : reference;
  if ((arn && arn.type !== 'cluster') || !namePattern.test(name)) {
    throw invalidParameter(`Invalid identifier: ${reference}. Give a cluster's name or its full ARN.`);
  }
  return name;
}

/** The ARN that a cluster reference stands for, whether it exists or not. */
export function clusterArnOf(scope: Scope, reference: string | undefined): string {
  const name = clusterName(reference);
  return reference !== undefined && parseEcsArn(reference) ? reference : clusterArn(scope, name);
}

/** The ACTIVE cluster; throws ClusterNotFoundException when there is none of that name in the caller's account and region. */
export function activeCluster(tx: ReadTransaction, scope: Scope, reference: string | undefined): Cluster {
  const cluster = tx.table(clusters).get(clusterArnOf(scope, reference));
  if (!cluster || cluster.accountId !== scope.accountId || cluster.region !== scope.region)
    throw clusterNotFound();
  if (cluster.status !== 'ACTIVE') throw clusterInactive();
  return cluster;
}
