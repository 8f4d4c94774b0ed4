// DeleteResourcePolicy: the secret has no policy of its own any more.
import type { SecretsManagerOperation } from '../../secretsmanager.ts';
import { findLiveSecret } from '../../state/secret/find-secret.ts';
import { secrets } from '../../state/secret/secrets.ts';

export const deleteResourcePolicy: SecretsManagerOperation<'DeleteResourcePolicy'> = (manager, input, call) =>
  manager.store.update((tx) => {
    const secret = findLiveSecret(tx, call, input.SecretId);
    tx.table(secrets).put({ ...secret, policy: undefined });
    return { ARN: secret.arn, Name: secret.name };
  });
