// DisableKey: the key cannot be used until it is enabled again.
import type { KmsOperation } from '../../kms.ts';
import { requireNotPendingDeletion } from '../../state/key/key-cipher.ts';
import { keys } from '../../state/key/keys.ts';
import { ownKeyById } from '../resolve/key.ts';

export const disableKey: KmsOperation<'DisableKey'> = (kms, input, call) =>
  kms.store.update((tx) => {
    const key = ownKeyById(tx, call, input.KeyId, 'DisableKey');
    requireNotPendingDeletion(key);
    tx.table(keys).put({ ...key, isEnabled: false });
    return {};
  });
