// From the resourceArn of a tag operation to the kind that it names, with the rules that hold for every kind.
import { clusterArn, parseEcsArn } from '../../state/arn.ts';
import type { Scope } from '../../../shared/scope.ts';
import type { ReadTransaction } from '../../../../store/store.ts';
import { invalidParameter } from '../../errors.ts';
import { activeCluster } from '../resolve/cluster.ts';
import { refuseElsewhere } from '../resolve/identifier.ts';
import type { ArnInput, TaggableKind } from './taggable-kind.ts';
import { taggableKinds } from './taggable-kinds.ts';

/**
 * The kind and the parts of an ARN. Throws InvalidParameterException for what is no long ARN of something taggable in
 * the caller's account and region, and ClusterNotFoundException when its cluster is not ACTIVE.
 */
export function resolveTaggable(
  tx: ReadTransaction,
  scope: Scope,
  resourceArn: string,
): { readonly kind: TaggableKind; readonly arn: ArnInput } {
  const parsed = parseEcsArn(resourceArn);
  const kind = parsed && Object.hasOwn(taggableKinds, parsed.type) ? taggableKinds[parsed.type] : undefined;
  if (!parsed || !kind) throw invalidParameter('The ARN provided is invalid.');
  refuseElsewhere(scope, parsed);
  const path = parsed.path.split('/');
  if (kind.parts > 1 && path.length === 1)
    throw invalidParameter('Long arn format must be used for tagging operations');
  if (path.length !== kind.parts || path.includes('')) throw invalidParameter('The ARN provided is invalid.');
  if (kind.parts > 1 || parsed.type === 'cluster') activeCluster(tx, scope, clusterArn(scope, path[0]!));
  return { kind, arn: { ...parsed, text: resourceArn } };
}
