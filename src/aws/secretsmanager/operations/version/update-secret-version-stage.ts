// UpdateSecretVersionStage: moves a stage from one version to another, or takes it away.
import { invalidParameter } from '../../errors.ts';
import type { SecretsManagerOperation } from '../../secretsmanager.ts';
import { findLiveSecret, findVersion, versionAt } from '../../state/secret/find-secret.ts';
import { moveStage } from '../../state/secret/put-version.ts';
import { currentStage } from '../../state/secret/secret.ts';
import { secrets } from '../../state/secret/secrets.ts';

export const updateSecretVersionStage: SecretsManagerOperation<'UpdateSecretVersionStage'> = (
  manager,
  input,
  call,
) => {
  const { VersionStage: stage, RemoveFromVersionId: from, MoveToVersionId: to } = input;
  if (stage.length < 1 || stage.length > 256)
    throw invalidParameter('Staging labels have 1 to 256 characters.');
  return manager.store.update((tx) => {
    const secret = findLiveSecret(tx, call, input.SecretId);
    for (const id of [from, to]) if (id !== undefined) findVersion(tx, secret, id, stage);
    const holder = versionAt(tx, secret, stage)?.id;
    if (stage === currentStage && to === undefined)
      throw invalidParameter(
        `You can only move staging label ${currentStage} to a different secret version. It can't be completely removed.`,
      );
    if (holder !== undefined && from === undefined && holder !== to)
      throw invalidParameter(
        `The parameter RemoveFromVersionId can't be empty. Staging label ${stage} is currently attached to version ${holder}, so you must explicitly reference that version in RemoveFromVersionId.`,
      );
    if (from !== undefined && from !== holder)
      throw invalidParameter(`Staging label ${stage} is not attached to version ${from}.`);
    moveStage(tx, secret, stage, to);
    tx.table(secrets).put({ ...secret, changedAt: call.now });
    return { ARN: secret.arn, Name: secret.name };
  });
};
