// What IAM is told of requests to KMS, Secrets Manager, Parameter Store and EFS: what they act on, with its tags and policy.
import { CreateAliasCommand, CreateKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { CreateFileSystemCommand, EFSClient } from '@aws-sdk/client-efs';
import {
  CreateSecretCommand,
  PutResourcePolicyCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { beforeAll, describe, expect, test } from 'vitest';
import { efsAccess } from '../../../src/aws/efs/access.ts';
import { efsModel } from '../../../src/aws/efs/shapes.generated.ts';
import { kmsAccess } from '../../../src/aws/kms/access.ts';
import { kmsModel } from '../../../src/aws/kms/shapes.generated.ts';
import { secretsManagerAccess } from '../../../src/aws/secretsmanager/access.ts';
import { secretsmanagerModel } from '../../../src/aws/secretsmanager/shapes.generated.ts';
import { ssmAccess } from '../../../src/aws/ssm/access.ts';
import { ssmModel } from '../../../src/aws/ssm/shapes.generated.ts';
import type { OperationAccess } from '../../../src/wire/authorise.ts';
import type { ApiModel } from '../../../src/wire/model.ts';
import { EcsRig } from '../../../test-support/ecs-rig.ts';

const caller = {
  accountId: '000000000000',
  region: 'us-east-1',
  accessKeyId: 'AKIA',
  principalArn: 'arn:aws:iam::000000000000:user/u',
};
const policy = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { AWS: '*' }, Action: '*', Resource: '*' }],
});
let access: Readonly<Record<'kms' | 'secrets' | 'ssm' | 'efs', Readonly<Record<string, OperationAccess>>>>;
let keyArn: string;
let otherArn: string;
let secretArn: string;
let fileSystemArn: string;
beforeAll(async () => {
  const rig = await EcsRig.open();
  const kms = rig.clientOf(KMSClient);
  const Tags = [{ TagKey: 'team', TagValue: 'red' }];
  keyArn = (await kms.send(new CreateKeyCommand({ Tags, Policy: policy }))).KeyMetadata!.Arn!;
  otherArn = (await kms.send(new CreateKeyCommand({}))).KeyMetadata!.Arn!;
  await kms.send(new CreateAliasCommand({ AliasName: 'alias/a', TargetKeyId: keyArn }));
  const secrets = rig.clientOf(SecretsManagerClient);
  const tag = [{ Key: 'team', Value: 'blue' }];
  secretArn = (await secrets.send(new CreateSecretCommand({ Name: 'shop/db', Tags: tag }))).ARN!;
  await secrets.send(new PutResourcePolicyCommand({ SecretId: 'shop/db', ResourcePolicy: policy }));
  const ssm = rig.clientOf(SSMClient);
  for (const Name of ['/shop/url', 'plain'])
    await ssm.send(new PutParameterCommand({ Name, Value: 'x', Type: 'String', Tags: tag }));
  const efs = rig.clientOf(EFSClient);
  fileSystemArn = (await efs.send(new CreateFileSystemCommand({ Tags: tag }))).FileSystemArn!;
  const { store } = rig.controlPlane;
  access = {
    kms: kmsAccess(store),
    secrets: secretsManagerAccess(store),
    ssm: ssmAccess(store),
    efs: efsAccess(store),
  };
});

const parameter = 'arn:aws:ssm:us-east-1:000000000000:parameter';
const resources = (service: keyof typeof access, operation: string, input: object) =>
  access[service][operation]!.resources!({ ...input }, caller);

describe('the resources of a request', () => {
  test('to KMS are keys and aliases', () => {
    for (const KeyId of [keyArn, keyArn.split('/')[1]!, 'alias/a'])
      expect(resources('kms', 'Encrypt', { KeyId })).toEqual([keyArn]);
    expect(resources('kms', 'Decrypt', {})).toEqual(['arn:aws:kms:us-east-1:000000000000:key/*']);
    expect(resources('kms', 'Decrypt', { KeyId: 'alias/a' })).toEqual([keyArn]);
    expect(resources('kms', 'ReEncrypt', { SourceKeyId: otherArn, DestinationKeyId: 'alias/a' })).toEqual([
      otherArn,
      keyArn,
    ]);
    expect(resources('kms', 'UpdateAlias', { AliasName: 'alias/a', TargetKeyId: otherArn })).toEqual([
      'arn:aws:kms:us-east-1:000000000000:alias/a',
      keyArn,
      otherArn,
    ]);
    expect(resources('kms', 'EnableKey', { KeyId: 'none' })).toEqual([
      'arn:aws:kms:us-east-1:000000000000:key/none',
    ]);
  });

  test('to Secrets Manager are secrets by their whole ARNs', () => {
    for (const SecretId of ['shop/db', secretArn, secretArn.slice(0, -7)])
      expect(resources('secrets', 'GetSecretValue', { SecretId })).toEqual([secretArn]);
    const unknown = 'arn:aws:secretsmanager:us-east-1:000000000000:secret:new-??????';
    expect(resources('secrets', 'CreateSecret', { Name: 'new' })).toEqual([unknown]);
  });

  test('to Parameter Store are parameters, whichever version', () => {
    expect(resources('ssm', 'GetParameter', { Name: '/shop/url:3' })).toEqual([`${parameter}/shop/url`]);
    expect(resources('ssm', 'GetParameter', { Name: `${parameter}/shop/url:live` })).toEqual([
      `${parameter}/shop/url`,
    ]);
    expect(resources('ssm', 'GetParameters', { Names: ['plain', '/shop/url'] })).toEqual([
      `${parameter}/plain`,
      `${parameter}/shop/url`,
    ]);
    expect(resources('ssm', 'GetParametersByPath', { Path: '/shop' })).toEqual([`${parameter}/shop`]);
  });

  test('to EFS are file systems and access points', () => {
    const FileSystemId = fileSystemArn.split('/')[1]!;
    expect(resources('efs', 'DeleteFileSystem', { FileSystemId })).toEqual([fileSystemArn]);
    expect(resources('efs', 'DescribeFileSystems', {})).toEqual(['*']);
    expect(resources('efs', 'TagResource', { ResourceId: 'fsap-0' })).toEqual([
      'arn:aws:elasticfilesystem:us-east-1:000000000000:access-point/fsap-0',
    ]);
  });
});

test('their tags and policies are told', () => {
  expect(access.kms['Encrypt']!.resourceTags!(keyArn, caller)).toEqual({ team: 'red' });
  expect(access.kms['Encrypt']!.resourcePolicy!(keyArn, caller)).toBe(policy);
  expect(access.secrets['GetSecretValue']!.resourceTags!(secretArn, caller)).toEqual({ team: 'blue' });
  expect(access.secrets['GetSecretValue']!.resourcePolicy!(secretArn, caller)).toBe(policy);
  for (const arn of [`${parameter}/shop/url`, `${parameter}/plain`])
    expect(access.ssm['GetParameter']!.resourceTags!(arn, caller)).toEqual({ team: 'blue' });
  expect(access.efs['DeleteFileSystem']!.resourceTags!(fileSystemArn, caller)).toEqual({ team: 'blue' });
  expect(access.kms['Encrypt']!.resourceTags!(`${keyArn}0`, caller)).toBeUndefined();
});

test('the tags and conditions that a request brings are told', () => {
  const tags = { Tags: [{ TagKey: 'team', TagValue: 'red' }] };
  expect(access.kms['CreateKey']!.requestTags!(tags, caller)).toEqual({ team: 'red' });
  const condition = (key: string, input: object) =>
    access.kms['Encrypt']!.conditions![key]!({ ...input }, caller);
  expect(condition('kms:EncryptionContextKeys', { EncryptionContext: { a: '1', b: '2' } })).toEqual([
    'a',
    'b',
  ]);
  expect(condition('kms:RequestAlias', { KeyId: 'alias/a' })).toEqual(['alias/a']);
  const stage = access.secrets['GetSecretValue']!.conditions!['secretsmanager:VersionStage']!;
  expect(stage({ VersionStage: 'AWSCURRENT' }, caller)).toEqual(['AWSCURRENT']);
  expect(access.ssm['PutParameter']!.conditions!['ssm:Overwrite']!({}, caller)).toEqual(['false']);
});

test('each operation of the models that acts on something says what', () => {
  const silent = (model: ApiModel, table: Readonly<Record<string, OperationAccess>>) =>
    Object.keys(model.operations).filter((name) => table[name]?.resources === undefined);
  expect(silent(kmsModel, access.kms)).toEqual([
    'CreateKey',
    'GenerateRandom',
    'ListAliases',
    'ListKeys',
    'ListRetirableGrants',
  ]);
  // A batch names none itself: it asks about each secret as GetSecretValue does.
  expect(silent(secretsmanagerModel, access.secrets)).toEqual([
    'BatchGetSecretValue',
    'GetRandomPassword',
    'ListSecrets',
  ]);
  expect(silent(ssmModel, access.ssm)).toEqual(['DescribeParameters']);
  expect(silent(efsModel, access.efs)).toEqual(['CreateFileSystem']);
});
