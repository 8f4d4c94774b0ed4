// The container instances that a plan is to do without.
import type { Cluster } from '../../aws/ecs/state/cluster/cluster.ts';
import type { ContainerInstance } from '../../aws/ecs/state/instance/container-instance.ts';
import type { InstanceUsage } from '../../aws/ecs/state/instance/instance-usage.ts';
import { compileExpression } from '../../aws/ecs/scheduler/placement/expression/evaluate.ts';
import { ExpressionError } from '../../aws/ecs/scheduler/placement/expression/expression.ts';
import { parseExpression } from '../../aws/ecs/scheduler/placement/expression/parse.ts';
import { factsOf } from '../../aws/ecs/scheduler/placement/expression/instance-facts.ts';
import type { ReadTransaction } from '../../store/store.ts';
import { invalidParameter } from '../errors.ts';
import { instanceOf } from '../resolve.ts';

/** Ids and ARNs have nothing else in them; every cluster query does. */
const reference = /^[A-Za-z0-9:/_-]+$/;

/**
 * The ARNs of what `without` names: ids, ARNs, EC2 instance ids, names of machines and cluster queries. Throws ResourceNotFoundException for
 * an unknown instance, InvalidParameterException for a query that cannot be read.
 */
export function excludedInstances(
  tx: ReadTransaction,
  cluster: Cluster,
  usages: readonly InstanceUsage[],
  without: readonly string[],
): ReadonlySet<string> {
  return new Set(
    without.flatMap((one) => {
      const named = usages.filter(({ instance }) => isCalled(instance, one));
      if (named.length > 0) return named.map(({ instance }) => instance.arn);
      return reference.test(one) ? [instanceOf(tx, cluster, one).arn] : matching(usages, one);
    }),
  );
}

/** A machine may have several instances: all of them go with it. */
const isCalled = ({ ec2InstanceId, host }: ContainerInstance, name: string): boolean =>
  ec2InstanceId === name || host?.name === name;

function matching(usages: readonly InstanceUsage[], query: string): string[] {
  try {
    const matches = compileExpression(parseExpression(query));
    return usages.filter((usage) => matches(factsOf(usage))).map(({ instance }) => instance.arn);
  } catch (error) {
    throw error instanceof ExpressionError ? invalidParameter(error.message) : error;
  }
}
