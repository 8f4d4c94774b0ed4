// DescribeTaskFailures: the tasks of a cluster that failed and that no service ran, with the evidence that is kept of them.
import { taskFailures } from '../../aws/ecs/state/task/task-failures.ts';
import type { LongshoreOperation } from '../longshore.ts';
import { presentFailure, resultCount } from '../present/task-failure.ts';
import { clusterOf } from '../resolve.ts';

export const describeTaskFailures: LongshoreOperation<'DescribeTaskFailures'> = (
  { store },
  { cluster: reference, maxResults },
  call,
) => {
  const count = resultCount(maxResults);
  return store.view((tx) => {
    const cluster = clusterOf(tx, call, reference);
    const found = tx.table(taskFailures).by('owner', { ownerArn: cluster.arn });
    return {
      clusterArn: cluster.arn,
      total: tx.table(taskFailures).count('owner', { ownerArn: cluster.arn }),
      failures: Iterator.from(found)
        .take(count)
        .map((failure) => presentFailure(tx, failure))
        .toArray(),
    };
  });
};
