// UpdateSecret: another description or key, or a new version that becomes current. With another key, what has a stage is encrypted anew.
import type { WriteTransaction } from '../../../../store/store.ts';
import { unsupported } from '../../errors.ts';
import type { SecretsManager, SecretsManagerOperation } from '../../secretsmanager.ts';
import { findLiveSecret, versionsOf } from '../../state/secret/find-secret.ts';
import { putVersion } from '../../state/secret/put-version.ts';
import { currentStage, type Secret } from '../../state/secret/secret.ts';
import { decryptValue, encryptValue } from '../../state/secret/secret-value.ts';
import { secrets, secretVersions } from '../../state/secret/secrets.ts';
import { inputValue, versionId } from '../resolve/input-value.ts';
import { checkedDescription } from './create-secret.ts';

export const updateSecret: SecretsManagerOperation<'UpdateSecret'> = (manager, input, call) => {
  if (input.Type !== undefined) throw unsupported('managed external secrets (Type)');
  const value = inputValue(input);
  const id = versionId(manager.random, input.ClientRequestToken);
  const description = checkedDescription(input.Description);
  return manager.store.update((tx) => {
    const before = findLiveSecret(tx, call, input.SecretId);
    const secret = tx.table(secrets).put({
      ...before,
      description: description ?? before.description,
      kmsKeyId: input.KmsKeyId ?? before.kmsKeyId,
      changedAt: call.now,
    });
    const answer = { ARN: secret.arn, Name: secret.name };
    if (secret.kmsKeyId !== before.kmsKeyId) encryptAnew(tx, manager, secret, call.now);
    if (value === undefined) return answer;
    const stages = [currentStage];
    return { ...answer, VersionId: putVersion(tx, manager, secret, { id, value, stages, now: call.now }).id };
  });
};

function encryptAnew(tx: WriteTransaction, manager: SecretsManager, secret: Secret, now: number): void {
  for (const version of versionsOf(tx, secret)) {
    if (version.stages.length === 0) continue;
    const value = decryptValue(tx, manager, secret, version);
    const encrypted = encryptValue(tx, manager, secret, { id: version.id, value, now });
    tx.table(secretVersions).put({ ...version, ...encrypted });
  }
}
