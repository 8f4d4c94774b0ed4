// DescribeSecret: all that is known of a secret but its values, also while it waits for its deletion.
import { presentSecret } from '../../present/secret.ts';
import type { SecretsManagerOperation } from '../../secretsmanager.ts';
import { findSecret, versionsOf } from '../../state/secret/find-secret.ts';

export const describeSecret: SecretsManagerOperation<'DescribeSecret'> = (manager, input, call) =>
  manager.store.view((tx) => {
    const secret = findSecret(tx, call, input.SecretId);
    return presentSecret(secret, versionsOf(tx, secret));
  });
