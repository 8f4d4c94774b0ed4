// PutSecretValue: a new version, which becomes current unless other stages are given.
import { invalidParameter, unsupported } from '../../errors.ts';
import type { SecretsManagerOperation } from '../../secretsmanager.ts';
import { findLiveSecret, versionAt } from '../../state/secret/find-secret.ts';
import { putVersion } from '../../state/secret/put-version.ts';
import { currentStage } from '../../state/secret/secret.ts';
import { secrets } from '../../state/secret/secrets.ts';
import { inputValue, versionId } from '../resolve/input-value.ts';

export const putSecretValue: SecretsManagerOperation<'PutSecretValue'> = (manager, input, call) => {
  if (input.RotationToken !== undefined) throw unsupported('RotationToken: no rotation is under way');
  const value = inputValue(input);
  if (value === undefined) throw invalidParameter('You must provide either SecretString or SecretBinary.');
  const id = versionId(manager.random, input.ClientRequestToken);
  const stages = checkedStages(input.VersionStages ?? [currentStage]);
  return manager.store.update((tx) => {
    const secret = findLiveSecret(tx, call, input.SecretId);
    // The first version is the current one whatever else it is.
    const all = versionAt(tx, secret, currentStage) ? stages : [...new Set([...stages, currentStage])];
    const version = putVersion(tx, manager, secret, { id, value, stages: all, now: call.now });
    tx.table(secrets).put({ ...secret, changedAt: call.now });
    return { ARN: secret.arn, Name: secret.name, VersionId: version.id, VersionStages: version.stages };
  });
};

function checkedStages(stages: readonly string[]): readonly string[] {
  if (stages.length < 1 || stages.length > 20)
    throw invalidParameter('VersionStages can have 1 to 20 entries.');
  if (stages.some((stage) => stage.length < 1 || stage.length > 256))
    throw invalidParameter('Staging labels have 1 to 256 characters.');
  return [...new Set(stages)];
}
