// Where a task is to run.
import type { Attribute } from '../../../../agent-protocol/attribute.ts';
import type { Scope } from '../../../shared/scope.ts';
import type { Cluster } from '../cluster/cluster.ts';

/** The cluster of a task, as everything in a cluster names it. */
export interface TaskHome extends Scope {
  readonly clusterArn: string;
  readonly clusterName: string;
}

export const homeIn = ({ accountId, region, arn, name }: Cluster): TaskHome => ({
  accountId,
  region,
  clusterArn: arn,
  clusterName: name,
});

/** An instance as a task is placed on it, with the GPUs that the task is to have there; absent is none. */
export interface PlacedInstance {
  readonly arn: string;
  readonly attributes: readonly Attribute[];
  readonly grantedGpuIds?: readonly string[] | undefined;
}
