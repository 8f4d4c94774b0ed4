// UpdateAccessKey: whether a key can be used. The last active one of the root stays, or nobody could change anything.
import { constraintBroken, deleteConflict } from '../../errors.ts';
import type { IamOperation } from '../../iam.ts';
import type { ReadTransaction } from '../../../../store/store.ts';
import { isActiveRoot, type AccessKey } from '../../state/access-key/access-key.ts';
import { accessKeys } from '../../state/access-key/access-keys.ts';
import { keyOf, keyOwner } from './key-owner.ts';

export const updateAccessKey: IamOperation<'UpdateAccessKey'> = ({ store }, input, call) =>
  store.update((tx) => {
    const key = keyOf(keyOwner(tx, input.UserName, call), input.AccessKeyId);
    const { Status: status } = input;
    if (status === 'Expired')
      throw constraintBroken(status, 'status', 'satisfy enum value set: [Active, Inactive]');
    if (status === 'Inactive') refuseLastKey(tx, key);
    tx.table(accessKeys).put({ ...key, status });
    return {};
  });

/** Throws where no other active key of the root would be left. */
export function refuseLastKey(tx: ReadTransaction, key: AccessKey): void {
  if (!isActiveRoot(key)) return;
  const others = Iterator.from(tx.table(accessKeys).by('account', key)).filter((one) => one !== key);
  if (!others.some(isActiveRoot))
    throw deleteConflict('This is the last active access key of the root: create another one first.');
}
