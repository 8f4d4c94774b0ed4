// CreateAccessKey: one more key for the caller's account. Its secret is in the answer and never shown again.
import { administratorArn, newKeyPair, userArn } from '../../aws/iam/state/access-key/access-key.ts';
import { accessKeys } from '../../aws/iam/state/access-key/access-keys.ts';
import { entityKey } from '../../aws/iam/state/entity/entity.ts';
import { users } from '../../aws/iam/state/user/users.ts';
import { invalidParameter } from '../errors.ts';
import type { LongshoreOperation } from '../longshore.ts';
import { presentKey } from '../present/access-key.ts';
import { clusterOf } from '../resolve.ts';

const defaultUser = 'agent';

export const createAccessKey: LongshoreOperation<'CreateAccessKey'> = (
  { store, random },
  { userName = defaultUser, kind = 'root', cluster },
  call,
) => {
  if (!/^[A-Za-z0-9+=,.@_-]{1,64}$/.test(userName))
    throw invalidParameter('userName should have 1 to 64 letters, numbers or any of + = , . @ _ -');
  const principalArn = userArn(call.accountId, userName);
  if (kind === 'agent' && principalArn === administratorArn(call.accountId))
    throw invalidParameter(`The user ${userName} may do everything. Give an agent's key another userName.`);
  if (kind === 'root' && cluster !== undefined)
    throw invalidParameter('Only the key of an agent can be limited to a cluster: give kind agent too.');
  return store.update((tx) => {
    if (tx.table(users).get(entityKey(call.accountId, userName)) !== undefined)
      throw invalidParameter(
        `${userName} is an IAM user: make its key by IAM's CreateAccessKey, or give another userName.`,
      );
    const key = tx.table(accessKeys).put({
      ...newKeyPair(random),
      accountId: call.accountId,
      principalArn,
      status: 'Active',
      kind,
      clusterArn: cluster === undefined ? undefined : clusterOf(tx, call, cluster).arn,
      createdAt: call.now,
    });
    return { accessKey: { ...presentKey(key), secretAccessKey: key.secretAccessKey } };
  });
};
