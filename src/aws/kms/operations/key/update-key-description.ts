// UpdateKeyDescription: replaces what a key is described by.
import type { KmsOperation } from '../../kms.ts';
import { requireNotPendingDeletion } from '../../state/key/key-cipher.ts';
import { keys } from '../../state/key/keys.ts';
import { ownKeyById } from '../resolve/key.ts';
import { checkedDescription } from './create-key.ts';

export const updateKeyDescription: KmsOperation<'UpdateKeyDescription'> = (kms, input, call) => {
  const description = checkedDescription(input.Description);
  return kms.store.update((tx) => {
    const key = ownKeyById(tx, call, input.KeyId, 'UpdateKeyDescription');
    requireNotPendingDeletion(key);
    tx.table(keys).put({ ...key, description });
    return {};
  });
};
