// What tags are asked for: each kind of resource by its id, with the error of its kind.
import type { ReadTransaction } from '../../../../store/store.ts';
import type { Scope } from '../../../shared/scope.ts';
import type { ApiError } from '../../../../wire/errors.ts';
import { taggableKindOf, type TaggableKind } from '../../state/taggable.ts';
import type { Resource } from '../../state/resource.ts';
import {
  flowLogNotFound,
  invalidId,
  keyPairNotFound,
  launchTemplateIdNotFound,
  natGatewayNotFound,
  notFound,
  type Kind,
} from '../../errors.ts';
import { isIn } from '../resolve.ts';

export interface Taggable {
  readonly kind: TaggableKind;
  readonly row: Resource;
}

export function taggableOf(tx: ReadTransaction, scope: Scope, id: string): Taggable {
  const kind = taggableKindOf(id);
  if (kind === undefined) throw invalidId(id);
  const row = kind.get(tx, id);
  if (row === undefined || !isIn(scope, row)) throw missing(kind.prefix, id);
  return { kind, row };
}

function missing(prefix: string, id: string): ApiError {
  switch (prefix) {
    case 'nat':
      return natGatewayNotFound(id);
    case 'fl':
      return flowLogNotFound([id]);
    case 'lt':
      return launchTemplateIdNotFound(id);
    case 'key':
      return keyPairNotFound(id);
    default:
      return notFound(prefix as Kind, id);
  }
}
