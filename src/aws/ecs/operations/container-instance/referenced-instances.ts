// The container instances that a caller lists, each once, and the failures of those that are not there.
import type * as ecs from '../../shapes.generated.ts';
import type { Cluster } from '../../state/cluster/cluster.ts';
import type { ContainerInstance } from '../../state/instance/container-instance.ts';
import type { ReadTransaction } from '../../../../store/store.ts';
import { containerInstances } from '../../state/instance/container-instances.ts';
import { clientException, invalidParameter } from '../../errors.ts';
import { containerInstanceArnOf } from '../resolve/member.ts';

/** Throws ClientException for no reference at all, InvalidParameterException for more than `max`. */
export function checkInstanceCount(
  references: readonly string[] | undefined,
  max: number,
): readonly string[] {
  if (!references?.length) throw clientException('Container Instances cannot be empty.');
  if (references.length > max) throw invalidParameter(`instanceIds can have at most ${max} items.`);
  return references;
}

export interface ReferencedInstances {
  readonly found: readonly ContainerInstance[];
  readonly failures: readonly ecs.Failure[];
}

/** Looks up ids and ARNs, INACTIVE instances included; throws InvalidParameterException for what is neither. */
export function referencedInstances(
  tx: ReadTransaction,
  cluster: Cluster,
  references: readonly string[],
): ReferencedInstances {
  const arns = new Set(references.map((reference) => containerInstanceArnOf(cluster, reference)));
  const found: ContainerInstance[] = [];
  const failures: ecs.Failure[] = [];
  for (const arn of arns) {
    const instance = tx.table(containerInstances).get(arn);
    if (instance?.clusterArn === cluster.arn) found.push(instance);
    else failures.push({ arn, reason: 'MISSING' });
  }
  return { found, failures };
}
