// ListSecretVersionIds: the versions of a secret, those without a stage only where they are asked for.
import type { SecretsManagerOperation } from '../../secretsmanager.ts';
import { seconds } from '../../present/secret.ts';
import { findSecret, versionsOf } from '../../state/secret/find-secret.ts';
import type { SecretVersion } from '../../state/secret/secret.ts';
import { ascending, nextPage } from '../page.ts';

export const listSecretVersionIds: SecretsManagerOperation<'ListSecretVersionIds'> = (manager, input, call) =>
  manager.store.view((tx) => {
    const secret = findSecret(tx, call, input.SecretId);
    const rows = versionsOf(tx, secret).filter(
      ({ stages }) => input.IncludeDeprecated === true || stages.length > 0,
    );
    const key = ({ id }: SecretVersion) => id;
    const { items, nextToken } = nextPage(input, {
      list: 'versions',
      rows,
      key,
      compare: ascending,
      present,
    });
    const answer = { Versions: items, ARN: secret.arn, Name: secret.name };
    return nextToken === undefined ? answer : { ...answer, NextToken: nextToken };
  });

const present = (version: SecretVersion) => ({
  VersionId: version.id,
  VersionStages: version.stages.length > 0 ? version.stages : undefined,
  LastAccessedDate: version.accessedAt === undefined ? undefined : seconds(version.accessedAt),
  CreatedDate: seconds(version.createdAt),
  KmsKeyIds: [version.kmsKeyId ?? 'DefaultEncryptionKey'],
});
