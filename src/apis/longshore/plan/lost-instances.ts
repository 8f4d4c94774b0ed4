// The container instances that a plan is to do without.
import type { Cluster } from '../../../model/cluster.ts';
import type { InstanceLoad } from '../../../model/instance-load.ts';
import { compileExpression } from '../../../placement/expression/evaluate.ts';
import { ExpressionError } from '../../../placement/expression/expression.ts';
import { parseExpression } from '../../../placement/expression/parse.ts';
import { factsOf } from '../../../placement/filters/member-of.ts';
import type { ReadTransaction } from '../../../store/store.ts';
import { invalidParameter } from '../errors.ts';
import { instanceOf } from '../resolve.ts';

/** Ids and ARNs have nothing else in them; every cluster query does. */
const reference = /^[A-Za-z0-9:/_-]+$/;

/**
 * The ARNs of what `without` names: ids, ARNs, EC2 instance ids and cluster queries. Throws ResourceNotFoundException for
 * an unknown instance, InvalidParameterException for a query that cannot be read.
 */
export function lostInstances(
  tx: ReadTransaction,
  cluster: Cluster,
  loads: readonly InstanceLoad[],
  without: readonly string[],
): ReadonlySet<string> {
  return new Set(
    without.flatMap((one) => {
      if (!reference.test(one)) return matching(loads, one);
      const byEc2Id = loads.find(({ instance }) => instance.ec2InstanceId === one);
      return [(byEc2Id?.instance ?? instanceOf(tx, cluster, one)).arn];
    }),
  );
}

function matching(loads: readonly InstanceLoad[], query: string): string[] {
  try {
    const matches = compileExpression(parseExpression(query));
    return loads.filter((load) => matches(factsOf(load))).map(({ instance }) => instance.arn);
  } catch (error) {
    throw error instanceof ExpressionError ? invalidParameter(error.message) : error;
  }
}
