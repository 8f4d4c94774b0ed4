// A value as a caller asks for it. The day of the last such call is kept.
import type { WriteTransaction } from '../../../../store/store.ts';
import type { Call } from '../../../../wire/api.ts';
import { invalidRequest } from '../../errors.ts';
import { presentSecretValue } from '../../present/secret-value.ts';
import type { SecretsManager } from '../../secretsmanager.ts';
import type { GetSecretValueRequest } from '../../shapes.generated.ts';
import { findLiveSecret, findVersion } from '../../state/secret/find-secret.ts';
import { currentStage } from '../../state/secret/secret.ts';
import { decryptValue } from '../../state/secret/secret-value.ts';
import { secrets, secretVersions } from '../../state/secret/secrets.ts';

const day = 24 * 3_600_000;

/** Presents the value; throws a SecretProblem. */
export function readValue(
  manager: SecretsManager,
  tx: WriteTransaction,
  call: Call,
  input: GetSecretValueRequest,
) {
  const secret = findLiveSecret(tx, call, input.SecretId);
  const { VersionId: id, VersionStage: stage } = input;
  const version = findVersion(tx, secret, id, stage ?? currentStage);
  if (id !== undefined && stage !== undefined && !version.stages.includes(stage))
    throw invalidRequest('You provided a VersionStage that is not associated to the provided VersionId.');
  const value = decryptValue(tx, manager, secret, version);
  const today = call.now - (call.now % day);
  if (secret.accessedAt !== today) tx.table(secrets).put({ ...secret, accessedAt: today });
  if (version.accessedAt !== today) tx.table(secretVersions).put({ ...version, accessedAt: today });
  return presentSecretValue(secret, version, value);
}
