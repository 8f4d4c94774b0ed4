// ListContainerInstances: ARNs of a cluster's instances, by status (without one, all but INACTIVE) and cluster query.
import type { Cluster } from '../../state/cluster/cluster.ts';
import type { ContainerInstance } from '../../state/instance/container-instance.ts';
import { factsOf } from '../../scheduler/placement/expression/instance-facts.ts';
import { instanceUsage } from '../../state/instance/usage-of-instance.ts';
import type { ReadTransaction } from '../../../../store/store.ts';
import { containerInstances } from '../../state/instance/container-instances.ts';
import type { EcsOperation } from '../../ecs.ts';
import { afterToken, pageOf } from '../../../shared/page.ts';
import { pageSize } from '../../page-size.ts';
import { activeCluster } from '../resolve/cluster.ts';
import { compileExpression, type InstanceFacts } from '../../scheduler/placement/expression/evaluate.ts';
import { ExpressionError } from '../../scheduler/placement/expression/expression.ts';
import { parseExpression } from '../../scheduler/placement/expression/parse.ts';
import { invalidParameter } from '../../errors.ts';

export const listContainerInstances: EcsOperation<'ListContainerInstances'> = (ecs, input, call) => {
  const { status, filter } = input;
  const size = pageSize(input.maxResults);
  const matches = filter ? clusterQuery(filter) : undefined;
  return ecs.store.view((tx) => {
    const cluster = activeCluster(tx, call, input.cluster);
    const list = `container-instances/${cluster.arn}/${JSON.stringify([status, filter])}`;
    const rows = registered(tx, cluster, status, afterToken(list, input.nextToken));
    const wanted = matches ? rows.filter((instance) => matches(factsOf(instanceUsage(tx, instance)))) : rows;
    const page = pageOf(list, wanted, size, containerInstances.key, ({ arn }) => arn);
    return {
      containerInstanceArns: page.items,
      ...(page.nextToken === undefined ? {} : { nextToken: page.nextToken }),
    };
  });
};

function registered(
  tx: ReadTransaction,
  cluster: Cluster,
  status: string | undefined,
  after: string | undefined,
): IteratorObject<ContainerInstance> {
  const table = tx.table(containerInstances);
  if (status !== undefined) {
    // Other statuses may be asked for, and no instance has them: nothing is found under them.
    const key = { clusterArn: cluster.arn, status: status as ContainerInstance['status'] };
    return Iterator.from(table.by('clusterStatus', key, after));
  }
  return Iterator.from(table.by('cluster', { clusterArn: cluster.arn }, after)).filter(
    (instance) => instance.status !== 'INACTIVE',
  );
}

/** Compiles `text`; throws InvalidParameterException with the place of what is wrong in it. */
function clusterQuery(text: string): (facts: InstanceFacts) => boolean {
  try {
    return compileExpression(parseExpression(text));
  } catch (error) {
    if (error instanceof ExpressionError) throw invalidParameter(error.message);
    throw error;
  }
}
