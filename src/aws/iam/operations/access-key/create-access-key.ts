// CreateAccessKey: a key of a user. Its secret is in the answer and never shown again.
import { quotaExceeded } from '../../errors.ts';
import type { IamOperation } from '../../iam.ts';
import { newKeyPair } from '../../state/access-key/access-key.ts';
import { accessKeys } from '../../state/access-key/access-keys.ts';
import { keyOwner } from './key-owner.ts';

const maxKeys = 2;

export const createAccessKey: IamOperation<'CreateAccessKey'> = ({ store, random }, input, call) =>
  store.update((tx) => {
    const { keys, like, userName } = keyOwner(tx, input.UserName, call);
    // Of the root there are as many keys as Longshore's own operations make.
    if (like.kind === 'user' && keys.length >= maxKeys) throw quotaExceeded('AccessKeysPerUser', maxKeys);
    const key = tx.table(accessKeys).put({
      ...newKeyPair(random),
      ...like,
      accountId: call.accountId,
      status: 'Active',
      createdAt: call.now,
    });
    return {
      AccessKey: {
        UserName: userName,
        AccessKeyId: key.accessKeyId,
        Status: key.status,
        SecretAccessKey: key.secretAccessKey,
        CreateDate: key.createdAt / 1000,
      },
    };
  });
