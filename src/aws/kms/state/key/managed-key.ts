// The AWS managed keys: one a service, account and region, made when the service first needs it.
import { partitionOf } from '../../../../lib/partition.ts';
import type { WriteTransaction } from '../../../../store/store.ts';
import type { Scope } from '../../../shared/scope.ts';
import { managedPrefix } from '../alias/alias.ts';
import { aliases } from '../alias/aliases.ts';
import { aliasArn } from '../arn.ts';
import { day, type Key } from './key.ts';
import { keys } from './keys.ts';
import { newKey, type KeyMaking } from './new-key.ts';

/** What each protects, by the service's name in `alias/aws/<service>`. */
const descriptions: Readonly<Record<string, string>> = {
  ebs: 'EBS volumes',
  ecr: 'ECR data',
  elasticfilesystem: 'EFS filesystems',
  s3: 'S3 objects',
  secretsmanager: 'Secrets Manager data',
  sns: 'SNS data',
  sqs: 'SQS messages',
  ssm: 'SSM parameters',
};

/** Whether the alias is one of an AWS managed key that services here have. */
export const isManagedAlias = (name: string): boolean =>
  name.startsWith(managedPrefix) && Object.hasOwn(descriptions, name.slice(managedPrefix.length));

/** The key behind `alias/aws/<service>`, which is made where the account has none in the region. */
export function ensureManagedKey(
  tx: WriteTransaction,
  making: KeyMaking,
  scope: Scope,
  name: string,
  now: number,
): Key {
  const arn = aliasArn(scope, name);
  const alias = tx.table(aliases).get(arn);
  if (alias !== undefined) return tx.table(keys).get(alias.keyArn)!;
  const service = name.slice(managedPrefix.length);
  const key = tx.table(keys).put(
    newKey(making, scope, now, {
      description: `Default key that protects my ${descriptions[service]!} when no other key is defined`,
      manager: 'AWS',
      policy: managedPolicy(scope, service),
      rotation: { periodInDays: 365, nextAt: now + 365 * day },
      tags: [],
    }),
  );
  const { accountId, region } = scope;
  tx.table(aliases).put({ accountId, region, arn, name, keyArn: key.arn, createdAt: now, updatedAt: now });
  return key;
}

/** Only the service may use the key, for callers of the account; the account may look at it. */
function managedPolicy({ accountId, region }: Scope, service: string): string {
  const via = { 'kms:CallerAccount': accountId, 'kms:ViaService': `${service}.${region}.amazonaws.com` };
  const use = ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:CreateGrant'];
  const statements = [
    {
      Sid: `Allow access through ${service} for all principals in the account that are authorized to use it`,
      Effect: 'Allow',
      Principal: { AWS: '*' },
      Action: [...use, 'kms:DescribeKey'],
      Resource: '*',
      Condition: { StringEquals: via },
    },
    {
      Sid: 'Allow direct access to key metadata to the account',
      Effect: 'Allow',
      Principal: { AWS: `arn:${partitionOf(region)}:iam::${accountId}:root` },
      Action: ['kms:Describe*', 'kms:Get*', 'kms:List*', 'kms:RevokeGrant'],
      Resource: '*',
    },
  ];
  return JSON.stringify(
    { Version: '2012-10-17', Id: `auto-${service}-1`, Statement: statements },
    undefined,
    2,
  );
}
