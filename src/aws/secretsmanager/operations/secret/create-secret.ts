// CreateSecret: a secret, with its first version where a value is given. The same call twice makes one secret.
import type { ReadTransaction } from '../../../../store/store.ts';
import {
  invalidParameter,
  invalidRequest,
  limitExceeded,
  secretExists,
  unsupported,
  validation,
} from '../../errors.ts';
import type { SecretsManager, SecretsManagerOperation } from '../../secretsmanager.ts';
import type { CreateSecretRequest } from '../../shapes.generated.ts';
import { versionsOf, lookUpSecret } from '../../state/secret/find-secret.ts';
import { putVersion } from '../../state/secret/put-version.ts';
import { currentStage, type Secret } from '../../state/secret/secret.ts';
import { newSecretArn } from '../../state/secret/secret-arn.ts';
import { decryptValue, sameValue, type SecretValue } from '../../state/secret/secret-value.ts';
import { secrets } from '../../state/secret/secrets.ts';
import { inputValue, versionId } from '../resolve/input-value.ts';
import { newTags } from '../tag/tags.ts';

/** "Secrets: 500,000 in each Region": reference_limits. */
const maxSecrets = 500_000;

export const createSecret: SecretsManagerOperation<'CreateSecret'> = (manager, input, call) => {
  const { Name: name, Description: description, KmsKeyId: kmsKeyId } = input;
  const { accountId, region, now } = call;
  checkInput(input);
  const value = inputValue(input);
  const token = versionId(manager.random, input.ClientRequestToken);
  const plain = { accountId, region, name, description: checkedDescription(description), kmsKeyId };
  const tags = newTags(input.Tags);
  return manager.store.update((tx) => {
    const existing = lookUpSecret(tx, call, name);
    if (existing !== undefined) return answerOfRepeated(manager, tx, existing, token, value);
    if (tx.table(secrets).count('scope', call) >= maxSecrets)
      throw limitExceeded(`You can't have more than ${maxSecrets} secrets in an account and Region.`);
    const arn = newSecretArn(manager.random, call, name);
    const times = { createdAt: now, changedAt: now };
    const secret = tx.table(secrets).put({ ...plain, arn, creationToken: token, tags, ...times });
    if (value === undefined) return { ARN: arn, Name: name };
    const { id } = putVersion(tx, manager, secret, { id: token, value, stages: [currentStage], now });
    return { ARN: arn, Name: name, VersionId: id };
  });
};

function checkInput(input: CreateSecretRequest): void {
  if (input.Name.length < 1 || input.Name.length > 512 || !/^[A-Za-z0-9/_+=.@!-]+$/.test(input.Name))
    throw validation(
      'Invalid name. Must be a valid name containing alphanumeric characters, or any of the following: -/_+=.@!',
    );
  if ((input.AddReplicaRegions ?? []).length > 0)
    throw unsupported('replicas of secrets (AddReplicaRegions)');
  if (input.Type !== undefined) throw unsupported('managed external secrets (Type)');
}

/** At most 2,048 characters. */
export function checkedDescription(description: string | undefined): string | undefined {
  if ((description?.length ?? 0) > 2048)
    throw invalidParameter('A description can have a maximum of 2048 characters.');
  return description;
}

/** The same call again gets the same answer. */
function answerOfRepeated(
  manager: SecretsManager,
  tx: ReadTransaction,
  secret: Secret,
  token: string,
  value: SecretValue | undefined,
) {
  const { arn: ARN, name: Name } = secret;
  if (secret.deletion !== undefined)
    throw invalidRequest(
      "You can't create this secret because a secret with this name is already scheduled for deletion.",
    );
  if (secret.creationToken !== token) throw secretExists(Name);
  const first = versionsOf(tx, secret).find(({ id }) => id === token);
  if (value === undefined && first === undefined) return { ARN, Name };
  if (value === undefined || first === undefined) throw secretExists(Name);
  if (!sameValue(decryptValue(tx, manager, secret, first), value)) throw secretExists(Name);
  return { ARN, Name, VersionId: token };
}
