// CreateUser: a user without keys and policies.
import { administratorArn } from '../../state/access-key/access-key.ts';
import { accessKeys } from '../../state/access-key/access-keys.ts';
import { alreadyExists, quotaExceeded } from '../../errors.ts';
import type { IamOperation } from '../../iam.ts';
import { presentUser } from '../../present/entities.ts';
import { entityArn, entityKey, newEntityId } from '../../state/entity/entity.ts';
import { users } from '../../state/user/users.ts';
import type { ReadTransaction } from '../../../../store/store.ts';
import { checkedBoundary } from '../identity/permissions-boundary.ts';
import { checkedName, checkedPath, checkedTags } from '../names.ts';

const maxUsers = 5000;

export const createUser: IamOperation<'CreateUser'> = ({ store, random }, input, call) => {
  const { accountId } = call;
  const name = checkedName(input.UserName, 'userName', 64);
  const path = checkedPath(input.Path);
  const tags = checkedTags(input.Tags);
  return store.update((tx) => {
    refuseTakenName(tx, accountId, name);
    if (tx.table(users).count('account', { accountId }) >= maxUsers)
      throw quotaExceeded('UsersPerAccount', maxUsers);
    const user = tx.table(users).put({
      accountId,
      name,
      path,
      id: newEntityId(random, 'user'),
      arn: entityArn('user', accountId, path, name),
      createdAt: call.now,
      tags,
      inlinePolicies: {},
      attachedPolicies: [],
      permissionsBoundary: checkedBoundary(tx, call, input.PermissionsBoundary),
      groups: [],
    });
    return { User: presentUser(user, call) };
  });
};

/** The keys of the account's root and of agents speak for users too, who are in no table. */
export function refuseTakenName(tx: ReadTransaction, accountId: string, name: string): void {
  const isTaken =
    tx.table(users).get(entityKey(accountId, name)) !== undefined ||
    administratorArn(accountId).endsWith(`/${name.toLowerCase()}`) ||
    Iterator.from(tx.table(accessKeys).by('account', { accountId })).some(
      ({ kind, principalArn }) =>
        kind !== 'user' && principalArn.toLowerCase().endsWith(`:user/${name.toLowerCase()}`),
    );
  if (isTaken) throw alreadyExists('User', name);
}
