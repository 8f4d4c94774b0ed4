// UntagResource: takes tags off a key; tag keys that it does not have are no error.
import type { KmsOperation } from '../../kms.ts';
import { requireNotPendingDeletion } from '../../state/key/key-cipher.ts';
import { keys } from '../../state/key/keys.ts';
import { ownKeyById } from '../resolve/key.ts';

export const untagResource: KmsOperation<'UntagResource'> = (kms, input, call) =>
  kms.store.update((tx) => {
    const key = ownKeyById(tx, call, input.KeyId, 'UntagResource');
    requireNotPendingDeletion(key);
    const gone = new Set(input.TagKeys);
    tx.table(keys).put({ ...key, tags: key.tags.filter((tag) => !gone.has(tag.key)) });
    return {};
  });
