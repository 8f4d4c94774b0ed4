// DescribeClusters: clusters by name or ARN, `default` when none is named; INACTIVE ones are still shown.
import { clusters } from '../../state/cluster/clusters.ts';
import type { EcsOperation } from '../../ecs.ts';
import { invalidParameter } from '../../errors.ts';
import { presentCluster } from '../../present/cluster.ts';
import { clusterArnOf } from '../resolve/cluster.ts';

export const describeClusters: EcsOperation<'DescribeClusters'> = (ecs, input, call) => {
  const references = input.clusters?.length ? input.clusters : ['default'];
  if (references.length > 100) throw invalidParameter('Clusters can have a maximum of 100 entries.');
  const include = new Set<string>(input.include);
  const arns = [...new Set(references.map((reference) => clusterArnOf(call, reference)))];
  return ecs.store.view((tx) => {
    const found = arns.map((arn) => ({ arn, cluster: tx.table(clusters).get(arn) }));
    const visible = found.filter(
      ({ cluster }) => cluster?.accountId === call.accountId && cluster.region === call.region,
    );
    return {
      clusters: visible.map(({ cluster }) => presentCluster(tx, cluster!, include)),
      failures: found.filter((one) => !visible.includes(one)).map(({ arn }) => ({ arn, reason: 'MISSING' })),
    };
  });
};
