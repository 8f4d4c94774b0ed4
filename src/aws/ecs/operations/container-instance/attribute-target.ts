// From the target of an attribute (a container instance's ARN, or its id and type) to the instance.
import type * as ecs from '../../shapes.generated.ts';
import type { Cluster } from '../../state/cluster/cluster.ts';
import type { ContainerInstance } from '../../state/instance/container-instance.ts';
import type { ReadTransaction } from '../../../../store/store.ts';
import { invalidParameter, targetNotFound } from '../../errors.ts';
import { instanceIn } from '../resolve/member.ts';

/** Throws InvalidParameterException for a target that is not named well, TargetNotFoundException for one that is not there. */
export function attributeTarget(
  tx: ReadTransaction,
  cluster: Cluster,
  { targetId, targetType }: ecs.Attribute,
): ContainerInstance {
  if (!targetId) throw invalidParameter('targetId cannot be null or empty.');
  if (targetType === undefined && !targetId.startsWith('arn:')) {
    throw invalidParameter('targetType must be specified when targetId is not a full ARN.');
  }
  const instance = instanceIn(tx, cluster, targetId);
  if (!instance || instance.status === 'INACTIVE') throw targetNotFound(targetId);
  return instance;
}

/** An attribute as the attribute operations answer it: with the instance's full ARN. */
export const presentAttribute = (
  instance: ContainerInstance,
  { name, value }: { readonly name: string; readonly value?: string | undefined },
): ecs.Attribute => ({ name, ...(value === undefined ? {} : { value }), targetId: instance.arn });
