// PutResourcePolicy: the policy of the secret itself, kept as it was given.
import { publicPolicy } from '../../errors.ts';
import type { SecretsManagerOperation } from '../../secretsmanager.ts';
import { findLiveSecret } from '../../state/secret/find-secret.ts';
import { secrets } from '../../state/secret/secrets.ts';
import { checkPolicy, isPublic, keptPolicy } from './resource-policy.ts';

export const putResourcePolicy: SecretsManagerOperation<'PutResourcePolicy'> = (manager, input, call) => {
  const policy = input.ResourcePolicy;
  checkPolicy(policy);
  if (input.BlockPublicPolicy === true && isPublic(policy)) throw publicPolicy();
  return manager.store.update((tx) => {
    const secret = findLiveSecret(tx, call, input.SecretId);
    tx.table(secrets).put({ ...secret, policy: keptPolicy(tx, call, policy) });
    return { ARN: secret.arn, Name: secret.name };
  });
};
