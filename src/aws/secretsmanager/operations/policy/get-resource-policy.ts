// GetResourcePolicy: the policy as it was given; none is no error.
import { withPrincipalArns } from '../../../iam/state/principal/named-principals.ts';
import type { SecretsManagerOperation } from '../../secretsmanager.ts';
import { findSecret } from '../../state/secret/find-secret.ts';

export const getResourcePolicy: SecretsManagerOperation<'GetResourcePolicy'> = (manager, input, call) =>
  manager.store.view((tx) => {
    const { arn, name, policy } = findSecret(tx, call, input.SecretId);
    if (policy === undefined) return { ARN: arn, Name: name };
    return { ARN: arn, Name: name, ResourcePolicy: withPrincipalArns(tx, call, policy) };
  });
