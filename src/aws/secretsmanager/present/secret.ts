// How a secret is shown: everything but its values.
import type { Presented } from '../../shared/presented.ts';
import type { DescribeSecretResponse, SecretListEntry } from '../shapes.generated.ts';
import type { Secret, SecretVersion } from '../state/secret/secret.ts';

export const seconds = (ms: number): number => ms / 1000;
const secondsOf = (ms: number | undefined): number | undefined => (ms === undefined ? ms : seconds(ms));

type Common = Omit<SecretListEntry, 'SecretVersionsToStages'>;

const presentCommon = (secret: Secret): Presented<Common> => ({
  ARN: secret.arn,
  Name: secret.name,
  Type: undefined,
  Description: secret.description,
  KmsKeyId: secret.kmsKeyId,
  RotationEnabled: secret.rotation?.isEnabled,
  RotationLambdaARN: secret.rotation?.lambdaArn,
  RotationRules: secret.rotation?.rules,
  ExternalSecretRotationMetadata: undefined,
  ExternalSecretRotationRoleArn: undefined,
  LastRotatedDate: undefined,
  LastChangedDate: seconds(secret.changedAt),
  LastAccessedDate: secondsOf(secret.accessedAt),
  // Its mere presence says that the secret is to be deleted.
  DeletedDate: secondsOf(secret.deletion?.askedAt),
  NextRotationDate: undefined,
  Tags: secret.tags.map(({ key, value }) => ({ Key: key, Value: value })),
  OwningService: undefined,
  CreatedDate: seconds(secret.createdAt),
  PrimaryRegion: undefined,
});

/** The versions that have stages; undefined where there is none. */
function stagesById(versions: readonly SecretVersion[]): Record<string, readonly string[]> | undefined {
  const staged = versions.filter(({ stages }) => stages.length > 0);
  return staged.length === 0 ? undefined : Object.fromEntries(staged.map(({ id, stages }) => [id, stages]));
}

export const presentSecret = (
  secret: Secret,
  versions: readonly SecretVersion[],
): Presented<DescribeSecretResponse> => ({
  ...presentCommon(secret),
  VersionIdsToStages: stagesById(versions),
  ReplicationStatus: undefined,
});

export const presentListedSecret = (
  secret: Secret,
  versions: readonly SecretVersion[],
): Presented<SecretListEntry> => ({
  ...presentCommon(secret),
  SecretVersionsToStages: stagesById(versions),
});
