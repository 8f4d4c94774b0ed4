// EnableKey: the key may be used again.
import type { KmsOperation } from '../../kms.ts';
import { requireNotPendingDeletion } from '../../state/key/key-cipher.ts';
import { keys } from '../../state/key/keys.ts';
import { ownKeyById } from '../resolve/key.ts';

export const enableKey: KmsOperation<'EnableKey'> = (kms, input, call) =>
  kms.store.update((tx) => {
    const key = ownKeyById(tx, call, input.KeyId, 'EnableKey');
    requireNotPendingDeletion(key);
    tx.table(keys).put({ ...key, isEnabled: true });
    return {};
  });
