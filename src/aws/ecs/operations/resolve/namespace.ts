// From a Cloud Map namespace's name or ARN to the namespace; a name that is new makes one, as ECS does for Service Connect.
import { hexId } from '../../../../lib/ids.ts';
import { namespaceArn, type Namespace } from '../../state/cluster/namespace.ts';
import { scopeKey } from '../../../shared/scope.ts';
import type { WriteTransaction } from '../../../../store/store.ts';
import { namespaces } from '../../state/cluster/namespaces.ts';
import type { Call } from '../../../../wire/api.ts';
import type { Ecs } from '../../ecs.ts';
import { invalidParameter, namespaceNotFound } from '../../errors.ts';

const maxNameLength = 1024;

/**
 * The namespace of that name, made when there is none, or of that ARN. Throws NamespaceNotFoundException for an ARN
 * that is unknown in the caller's account and region, InvalidParameterException for a name that cannot be one.
 */
export function namespaceFor(ecs: Ecs, tx: WriteTransaction, call: Call, reference: string): Namespace {
  const table = tx.table(namespaces);
  if (reference.startsWith('arn:')) {
    const known = table.get(reference);
    if (!known || scopeKey(known) !== scopeKey(call)) throw namespaceNotFound();
    return known;
  }
  refuseBadName(reference);
  const [known] = table.by('name', { accountId: call.accountId, region: call.region, name: reference });
  if (known) return known;
  const id = `ns-${hexId(ecs.random, 16)}`;
  return table.put({
    arn: namespaceArn(call, id),
    id,
    accountId: call.accountId,
    region: call.region,
    name: reference,
    type: 'HTTP',
    createdAt: call.now,
  });
}

function refuseBadName(name: string): void {
  if (name.length >= 1 && name.length <= maxNameLength && !/[<>"/]/.test(name)) return;
  throw invalidParameter(
    `The namespace name is invalid. It can have up to ${maxNameLength} characters, none of them <, >, " or /. Specify a valid namespace and try again.`,
  );
}
