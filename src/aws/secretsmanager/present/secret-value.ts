import type { Presented } from '../../shared/presented.ts';
import type { SecretValueEntry } from '../shapes.generated.ts';
import type { Secret, SecretVersion } from '../state/secret/secret.ts';
import type { SecretValue } from '../state/secret/secret-value.ts';
import { seconds } from './secret.ts';

export const presentSecretValue = (
  secret: Secret,
  version: SecretVersion,
  value: SecretValue,
): Presented<SecretValueEntry> => ({
  ARN: secret.arn,
  Name: secret.name,
  VersionId: version.id,
  SecretBinary: value.kind === 'binary' ? value.bytes : undefined,
  SecretString: value.kind === 'string' ? value.text : undefined,
  VersionStages: version.stages,
  CreatedDate: seconds(version.createdAt),
});
