import type { IamOperation } from '../../iam.ts';
import { accessKeyUses } from '../../state/access-key/access-key-uses.ts';
import { accessKeys } from '../../state/access-key/access-keys.ts';
import { keyOf, keyOwner } from './key-owner.ts';
import { refuseLastKey } from './update-access-key.ts';

export const deleteAccessKey: IamOperation<'DeleteAccessKey'> = ({ store }, input, call) =>
  store.update((tx) => {
    const key = keyOf(keyOwner(tx, input.UserName, call), input.AccessKeyId);
    refuseLastKey(tx, key);
    tx.table(accessKeys).delete(key.accessKeyId);
    tx.table(accessKeyUses).delete(key.accessKeyId);
    return {};
  });
