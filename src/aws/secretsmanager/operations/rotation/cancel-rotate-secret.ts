// CancelRotateSecret: the secret is not to be rotated any more.
import type { SecretsManagerOperation } from '../../secretsmanager.ts';
import { findLiveSecret } from '../../state/secret/find-secret.ts';
import { secrets } from '../../state/secret/secrets.ts';

export const cancelRotateSecret: SecretsManagerOperation<'CancelRotateSecret'> = (manager, input, call) =>
  manager.store.update((tx) => {
    const secret = findLiveSecret(tx, call, input.SecretId);
    if (secret.rotation !== undefined)
      tx.table(secrets).put({ ...secret, rotation: { ...secret.rotation, isEnabled: false } });
    return { ARN: secret.arn, Name: secret.name };
  });
