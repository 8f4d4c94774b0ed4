// DisableKeyRotation: the key keeps the materials that it has, and gets no more.
import type { KmsOperation } from '../../kms.ts';
import { requireEnabled } from '../../state/key/key-cipher.ts';
import { keys } from '../../state/key/keys.ts';
import { ownKeyById } from '../resolve/key.ts';

export const disableKeyRotation: KmsOperation<'DisableKeyRotation'> = (kms, input, call) =>
  kms.store.update((tx) => {
    const key = ownKeyById(tx, call, input.KeyId, 'DisableKeyRotation');
    requireEnabled(key);
    tx.table(keys).put({ ...key, rotation: undefined });
    return {};
  });
