// DeleteSecret: the secret waits for its deletion, or is deleted at once.
import { invalidParameter } from '../../errors.ts';
import { seconds } from '../../present/secret.ts';
import type { SecretsManagerOperation } from '../../secretsmanager.ts';
import type { DeleteSecretRequest } from '../../shapes.generated.ts';
import { deleteSecretNow } from '../../state/secret/delete-secret.ts';
import { findLiveSecret, lookUpSecret } from '../../state/secret/find-secret.ts';
import { secrets } from '../../state/secret/secrets.ts';

const day = 24 * 3_600_000;

export const deleteSecret: SecretsManagerOperation<'DeleteSecret'> = (manager, input, call) => {
  const window = recoveryWindow(input);
  const at = call.now + window * day;
  return manager.store.update((tx) => {
    if (window === 0) {
      // Also one that waits already; one that is not there is no error.
      const secret = lookUpSecret(tx, call, input.SecretId);
      if (secret === undefined) return { Name: input.SecretId, DeletionDate: seconds(at) };
      deleteSecretNow(tx, secret);
      return { ARN: secret.arn, Name: secret.name, DeletionDate: seconds(at) };
    }
    const secret = findLiveSecret(tx, call, input.SecretId);
    tx.table(secrets).put({ ...secret, deletion: { askedAt: call.now, at } });
    return { ARN: secret.arn, Name: secret.name, DeletionDate: seconds(at) };
  });
};

/** Days; 0 for a deletion at once. */
function recoveryWindow({
  ForceDeleteWithoutRecovery: force,
  RecoveryWindowInDays: days,
}: DeleteSecretRequest) {
  if (force === true && days !== undefined)
    throw invalidParameter(
      "You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays.",
    );
  if (force === true) return 0;
  if (days !== undefined && (days < 7 || days > 30))
    throw invalidParameter('The RecoveryWindowInDays value must be between 7 and 30 days (inclusive).');
  return days ?? 30;
}
