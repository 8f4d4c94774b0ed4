// RestoreSecret: the secret stays. One that was not to be deleted is no error.
import type { SecretsManagerOperation } from '../../secretsmanager.ts';
import { findSecret } from '../../state/secret/find-secret.ts';
import { secrets } from '../../state/secret/secrets.ts';

export const restoreSecret: SecretsManagerOperation<'RestoreSecret'> = (manager, input, call) =>
  manager.store.update((tx) => {
    const secret = findSecret(tx, call, input.SecretId);
    if (secret.deletion !== undefined) tx.table(secrets).put({ ...secret, deletion: undefined });
    return { ARN: secret.arn, Name: secret.name };
  });
