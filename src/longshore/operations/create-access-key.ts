// CreateAccessKey: one more key for the caller's account. Its secret is in the answer and never shown again.
import { newKeyPair, userArn } from '../../aws/iam/state/access-key.ts';
import { accessKeys } from '../../aws/iam/state/access-keys.ts';
import type { CreateAccessKeyInput, CreateAccessKeyOutput } from '../contract.ts';
import { invalidParameter } from '../errors.ts';
import type { LongshoreOperation } from '../longshore.ts';
import { presentKey } from '../present/access-key.ts';

const defaultUser = 'agent';

export const createAccessKey: LongshoreOperation<CreateAccessKeyInput, CreateAccessKeyOutput> = (
  { store, random },
  { userName = defaultUser },
  call,
) => {
  if (!/^[A-Za-z0-9+=,.@_-]{1,64}$/.test(userName))
    throw invalidParameter('userName should have 1 to 64 letters, numbers or any of + = , . @ _ -');
  return store.update((tx) => {
    const key = tx.table(accessKeys).put({
      ...newKeyPair(random),
      accountId: call.accountId,
      principalArn: userArn(call.accountId, userName),
      status: 'Active',
      createdAt: call.now,
    });
    return { accessKey: { ...presentKey(key), secretAccessKey: key.secretAccessKey } };
  });
};
