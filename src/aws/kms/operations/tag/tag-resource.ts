// TagResource: adds tags to a key; a tag key that it has already gets the new value.
import type { KmsOperation } from '../../kms.ts';
import { requireNotPendingDeletion } from '../../state/key/key-cipher.ts';
import { keys } from '../../state/key/keys.ts';
import { ownKeyById } from '../resolve/key.ts';
import { mergeTags, newTags } from './tags.ts';

export const tagResource: KmsOperation<'TagResource'> = (kms, input, call) => {
  const tags = newTags(input.Tags);
  return kms.store.update((tx) => {
    const key = ownKeyById(tx, call, input.KeyId, 'TagResource');
    requireNotPendingDeletion(key);
    tx.table(keys).put({ ...key, tags: mergeTags(key.tags, tags) });
    return {};
  });
};
