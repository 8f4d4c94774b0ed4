// UntagResource: takes tags off a secret; tag keys that it does not have are no error.
import type { SecretsManagerOperation } from '../../secretsmanager.ts';
import { findLiveSecret } from '../../state/secret/find-secret.ts';
import { secrets } from '../../state/secret/secrets.ts';

export const untagResource: SecretsManagerOperation<'UntagResource'> = (manager, input, call) =>
  manager.store.update((tx) => {
    const secret = findLiveSecret(tx, call, input.SecretId);
    const gone = new Set(input.TagKeys);
    const tags = secret.tags.filter(({ key }) => !gone.has(key));
    tx.table(secrets).put({ ...secret, tags, changedAt: call.now });
    return {};
  });
