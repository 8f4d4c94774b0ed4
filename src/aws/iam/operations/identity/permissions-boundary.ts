// Permissions boundaries of users and roles.
import type { ReadTransaction } from '../../../../store/store.ts';
import type { Call } from '../../../../wire/api.ts';
import { boundaryNotFound, noBoundary } from '../../errors.ts';
import type { Iam } from '../../iam.ts';
import type { Actor } from '../../state/entity/entity.ts';
import { findManagedPolicy } from '../../state/managed-policy/find-managed-policy.ts';
import { changeIdentity, type ActorKind } from './identity-kind.ts';

/** The ARN of a boundary as rows have it; undefined where none is given. */
export function checkedBoundary(
  tx: ReadTransaction,
  { accountId }: Call,
  arn: string | undefined,
): string | undefined {
  if (arn === undefined || arn === '') return undefined;
  const policy = findManagedPolicy(tx, accountId, arn);
  if (policy === undefined) throw boundaryNotFound(arn);
  return policy.arn;
}

export const putBoundary = ({ store }: Iam, kind: ActorKind, name: string, arn: string, call: Call): object =>
  store.update((tx) => {
    changeIdentity(tx, kind, call, name, (actor: Actor) => ({
      ...actor,
      permissionsBoundary: checkedBoundary(tx, call, arn),
    }));
    return {};
  });

export const deleteBoundary = ({ store }: Iam, kind: ActorKind, name: string, call: Call): object =>
  store.update((tx) => {
    changeIdentity(tx, kind, call, name, (actor: Actor) => {
      if (actor.permissionsBoundary === undefined) throw noBoundary(kind, actor.name);
      return { ...actor, permissionsBoundary: undefined };
    });
    return {};
  });
