// TagResource: adds tags to a secret; a tag key that it has already gets the new value.
import type { SecretsManagerOperation } from '../../secretsmanager.ts';
import { findLiveSecret } from '../../state/secret/find-secret.ts';
import { secrets } from '../../state/secret/secrets.ts';
import { mergeTags, newTags } from './tags.ts';

export const tagResource: SecretsManagerOperation<'TagResource'> = (manager, input, call) => {
  const tags = newTags(input.Tags);
  return manager.store.update((tx) => {
    const secret = findLiveSecret(tx, call, input.SecretId);
    tx.table(secrets).put({ ...secret, tags: mergeTags(secret.tags, tags), changedAt: call.now });
    return {};
  });
};
