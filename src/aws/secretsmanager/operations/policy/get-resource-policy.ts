// GetResourcePolicy: the policy as it was given; none is no error.
import type { SecretsManagerOperation } from '../../secretsmanager.ts';
import { findSecret } from '../../state/secret/find-secret.ts';

export const getResourcePolicy: SecretsManagerOperation<'GetResourcePolicy'> = (manager, input, call) =>
  manager.store.view((tx) => {
    const { arn, name, policy } = findSecret(tx, call, input.SecretId);
    return { ARN: arn, Name: name, ...(policy !== undefined && { ResourcePolicy: policy }) };
  });
