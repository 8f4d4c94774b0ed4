// ListClusters: ARNs of the ACTIVE clusters.
import { clusters } from '../../state/cluster/clusters.ts';
import type { EcsOperation } from '../../ecs.ts';
import { afterToken, pageOf } from '../../../shared/page.ts';
import { pageSize } from '../../page-size.ts';

export const listClusters: EcsOperation<'ListClusters'> = (ecs, input, call) => {
  const size = pageSize(input.maxResults);
  const after = afterToken('clusters', input.nextToken);
  return ecs.store.view((tx) => {
    const rows = tx.table(clusters).by('activeInScope', call, after);
    const page = pageOf('clusters', rows, size, clusters.key, (cluster) => cluster.arn);
    return {
      clusterArns: page.items,
      ...(page.nextToken === undefined ? {} : { nextToken: page.nextToken }),
    };
  });
};
