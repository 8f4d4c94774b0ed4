import {
  BatchDeleteImageCommand,
  CreateRepositoryCommand,
  DeleteRegistryPolicyCommand,
  DeleteRepositoryCommand,
  DeleteRepositoryPolicyCommand,
  DescribeRegistryCommand,
  DescribeRepositoriesCommand,
  GetRegistryPolicyCommand,
  GetRepositoryPolicyCommand,
  InitiateLayerUploadCommand,
  ListTagsForResourceCommand,
  PutImageScanningConfigurationCommand,
  PutImageTagMutabilityCommand,
  PutRegistryPolicyCommand,
  SetRepositoryPolicyCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-ecr';
import { beforeEach, describe, expect, test } from 'vitest';
import { RegistryRig } from './registry-rig.ts';

let rig: RegistryRig;
let ecr: RegistryRig['ecr'];
beforeEach(async () => {
  rig = await RegistryRig.open();
  ({ ecr } = rig);
});

const arn = 'arn:aws:ecr:us-east-1:000000000000:repository/app';
const repositoryName = 'app';
const missing = {
  name: 'RepositoryNotFoundException',
  message: "The repository with name 'app' does not exist in the registry with id '000000000000'",
};
const policyText = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Sid: 'pull from others', Effect: 'Allow', Principal: '*', Action: 'ecr:BatchGetImage' }],
});

describe('CreateRepository', () => {
  test('makes one with its defaults', async () => {
    const { repository } = await ecr.send(new CreateRepositoryCommand({ repositoryName }));
    expect(repository).toEqual({
      repositoryArn: arn,
      registryId: '000000000000',
      repositoryName,
      repositoryUri: '127.0.0.1:4566/app',
      createdAt: new Date(rig.rig.clock.now()),
      imageTagMutability: 'MUTABLE',
      imageScanningConfiguration: { scanOnPush: false },
      encryptionConfiguration: { encryptionType: 'AES256' },
    });
  });

  test('keeps what is set', async () => {
    const settings = {
      imageTagMutability: 'MUTABLE_WITH_EXCLUSION',
      imageTagMutabilityExclusionFilters: [{ filterType: 'WILDCARD', filter: 'v*' }],
      imageScanningConfiguration: { scanOnPush: true },
      encryptionConfiguration: { encryptionType: 'KMS', kmsKey: 'alias/mine' },
    } as const;
    await rig.repository('team/app_1.x', {
      ...settings,
      imageTagMutabilityExclusionFilters: [...settings.imageTagMutabilityExclusionFilters],
    });
    const { repositories } = await ecr.send(new DescribeRepositoriesCommand({}));
    expect(repositories).toMatchObject([settings]);
  });

  test('refuses a name that is taken', async () => {
    await rig.repository();
    await expect(rig.repository()).rejects.toMatchObject({
      name: 'RepositoryAlreadyExistsException',
      message: "The repository with name 'app' already exists in the registry with id '000000000000'",
    });
  });

  test.each(['a', 'App', '-app', 'app/', 'a//b', 'a'.repeat(257)])('refuses the name %s', async (name) => {
    await expect(rig.repository(name)).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: expect.stringMatching(
        /^Invalid parameter at 'repositoryName' failed to satisfy constraint: 'must/,
      ),
    });
  });

  const filter = (text: string) => ({ filterType: 'WILDCARD', filter: text }) as const;
  test.each([
    [{ imageTagMutability: 'IMMUTABLE_WITH_EXCLUSION' }, 'are required with'],
    [{ imageTagMutabilityExclusionFilters: [filter('a')] }, 'cannot be used with MUTABLE'],
    [
      {
        imageTagMutability: 'IMMUTABLE_WITH_EXCLUSION',
        imageTagMutabilityExclusionFilters: [filter('a*b*c*')],
      },
      'is invalid',
    ],
    [
      {
        imageTagMutability: 'IMMUTABLE_WITH_EXCLUSION',
        imageTagMutabilityExclusionFilters: Array.from({ length: 6 }, () => filter('a')),
      },
      'less than or equal to 5',
    ],
  ] as const)('refuses the exclusions of %j', async (input, text) => {
    await expect(rig.repository('app', input as object)).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: expect.stringContaining(text),
    });
  });
});

describe('DescribeRepositories', () => {
  test('gives those of the region, in pages', async () => {
    for (const name of ['c1', 'a1', 'b1']) await rig.repository(name);
    const first = await ecr.send(new DescribeRepositoriesCommand({ maxResults: 2 }));
    expect(first.repositories!.map(({ repositoryName: name }) => name)).toEqual(['a1', 'b1']);
    const { nextToken } = first;
    const second = await ecr.send(new DescribeRepositoriesCommand({ maxResults: 2, nextToken }));
    expect(second.repositories!.map(({ repositoryName: name }) => name)).toEqual(['c1']);
    expect(second.nextToken).toBeUndefined();
  });

  test('gives those of the names', async () => {
    for (const name of ['a1', 'b1']) await rig.repository(name);
    const { repositories } = await ecr.send(new DescribeRepositoriesCommand({ repositoryNames: ['b1'] }));
    expect(repositories).toMatchObject([{ repositoryName: 'b1' }]);
  });

  test.each([
    [{ repositoryNames: ['app'] }, missing],
    [
      { repositoryNames: ['app'], registryId: '111111111111' },
      { name: 'RepositoryNotFoundException', message: expect.stringContaining('111111111111') },
    ],
    [
      { maxResults: 0 },
      { name: 'InvalidParameterException', message: expect.stringContaining('greater than or equal to 1') },
    ],
    [
      { maxResults: 1001 },
      { name: 'InvalidParameterException', message: expect.stringContaining('less than or equal to 1000') },
    ],
    [
      { nextToken: 'made up' },
      { name: 'InvalidParameterException', message: expect.stringMatching(/^Invalid token/) },
    ],
    [{ repositoryNames: ['a1'], maxResults: 1 }, { name: 'InvalidParameterException' }],
    [{ repositoryNames: Array.from({ length: 101 }, () => 'a1') }, { name: 'InvalidParameterException' }],
  ])('refuses %j', async (input, error) => {
    await expect(ecr.send(new DescribeRepositoriesCommand(input))).rejects.toMatchObject(error);
  });
});

describe('DeleteRepository', () => {
  test('needs force where there are images', async () => {
    await rig.repository();
    await rig.push('v1');
    const plain = ecr.send(new DeleteRepositoryCommand({ repositoryName }));
    await expect(plain).rejects.toMatchObject({
      name: 'RepositoryNotEmptyException',
      message:
        "The repository with name 'app' in registry with id '000000000000' cannot be deleted because it still contains images",
    });
    const { repository } = await ecr.send(new DeleteRepositoryCommand({ repositoryName, force: true }));
    expect(repository).toMatchObject({ repositoryArn: arn });
    await expect(ecr.send(new DeleteRepositoryCommand({ repositoryName }))).rejects.toMatchObject(missing);
    await rig.repository();
    expect((await rig.call('GET', '/v2/app/manifests/v1')).status).toBe(404);
  });
});

describe('PutImageTagMutability', () => {
  test('holds from the next push on', async () => {
    await rig.repository();
    await rig.push('v1', 'one');
    const input = { repositoryName, imageTagMutability: 'IMMUTABLE' } as const;
    expect(await ecr.send(new PutImageTagMutabilityCommand(input))).toMatchObject({
      ...input,
      registryId: '000000000000',
    });
    await expect(rig.push('v1', 'two')).rejects.toThrow('is immutable');
  });

  test('refuses a repository that is not there', async () => {
    const put = new PutImageTagMutabilityCommand({ repositoryName, imageTagMutability: 'MUTABLE' });
    await expect(ecr.send(put)).rejects.toMatchObject(missing);
  });
});

describe('PutImageScanningConfiguration', () => {
  test('is on record', async () => {
    const imageScanningConfiguration = { scanOnPush: true };
    const put = new PutImageScanningConfigurationCommand({ repositoryName, imageScanningConfiguration });
    await expect(ecr.send(put)).rejects.toMatchObject(missing);
    await rig.repository();
    expect(await ecr.send(put)).toMatchObject({
      registryId: '000000000000',
      repositoryName,
      imageScanningConfiguration,
    });
    const { repositories } = await ecr.send(new DescribeRepositoriesCommand({}));
    expect(repositories).toMatchObject([{ imageScanningConfiguration }]);
  });
});

describe('SetRepositoryPolicy', () => {
  test('keeps the policy as it was given', async () => {
    const set = new SetRepositoryPolicyCommand({ repositoryName, policyText });
    await expect(ecr.send(set)).rejects.toMatchObject(missing);
    await rig.repository();
    expect(await ecr.send(set)).toMatchObject({ registryId: '000000000000', repositoryName, policyText });
    expect(await ecr.send(new GetRepositoryPolicyCommand({ repositoryName }))).toMatchObject({ policyText });
  });

  test.each(['{', '{}', '{"Version":"2012-10-17","Statement":[{"Effect":"Maybe"}]}', ' '.repeat(10_241)])(
    'refuses %s',
    async (text) => {
      await rig.repository();
      const set = ecr.send(new SetRepositoryPolicyCommand({ repositoryName, policyText: text }));
      await expect(set).rejects.toMatchObject({
        name: 'InvalidParameterException',
        message: expect.stringMatching(/^Invalid parameter at 'PolicyText' failed to satisfy constraint: '/),
      });
    },
  );
});

const noPolicy = {
  name: 'RepositoryPolicyNotFoundException',
  message:
    "Repository policy does not exist for the repository with name 'app' in the registry with id '000000000000'",
};

describe('GetRepositoryPolicy', () => {
  test('refuses where there is none', async () => {
    const get = new GetRepositoryPolicyCommand({ repositoryName });
    await expect(ecr.send(get)).rejects.toMatchObject(missing);
    await rig.repository();
    await expect(ecr.send(get)).rejects.toMatchObject(noPolicy);
  });
});

describe('DeleteRepositoryPolicy', () => {
  test('takes it away', async () => {
    await rig.repository();
    await ecr.send(new SetRepositoryPolicyCommand({ repositoryName, policyText }));
    const remove = new DeleteRepositoryPolicyCommand({ repositoryName });
    expect(await ecr.send(remove)).toMatchObject({ repositoryName, policyText });
    await expect(ecr.send(remove)).rejects.toMatchObject(noPolicy);
  });
});

describe('PutRegistryPolicy', () => {
  test('is on record until it is deleted', async () => {
    expect(await ecr.send(new PutRegistryPolicyCommand({ policyText }))).toMatchObject({
      registryId: '000000000000',
      policyText,
    });
    expect(await ecr.send(new GetRegistryPolicyCommand({}))).toMatchObject({ policyText });
    const bad = ecr.send(new PutRegistryPolicyCommand({ policyText: '[]' }));
    await expect(bad).rejects.toMatchObject({ name: 'InvalidParameterException' });
  });
});

describe('GetRegistryPolicy', () => {
  test('refuses where there is none', async () => {
    await expect(ecr.send(new GetRegistryPolicyCommand({}))).rejects.toMatchObject({
      name: 'RegistryPolicyNotFoundException',
      message: "Registry policy does not exist in the registry with id '000000000000'",
    });
  });
});

describe('DeleteRegistryPolicy', () => {
  test('answers what it takes away', async () => {
    await ecr.send(new PutRegistryPolicyCommand({ policyText }));
    expect(await ecr.send(new DeleteRegistryPolicyCommand({}))).toMatchObject({ policyText });
    const again = ecr.send(new DeleteRegistryPolicyCommand({}));
    await expect(again).rejects.toMatchObject({ name: 'RegistryPolicyNotFoundException' });
  });
});

describe('DescribeRegistry', () => {
  test('says that nothing is replicated', async () => {
    expect(await ecr.send(new DescribeRegistryCommand({}))).toMatchObject({
      registryId: '000000000000',
      replicationConfiguration: { rules: [] },
    });
  });
});

const tagsOf = async () => (await ecr.send(new ListTagsForResourceCommand({ resourceArn: arn }))).tags;

describe('TagResource', () => {
  test('adds and replaces', async () => {
    await rig.repository('app', { tags: [{ Key: 'team', Value: 'a' }] });
    const tags = [
      { Key: 'team', Value: 'b' },
      { Key: 'empty', Value: '' },
    ];
    await ecr.send(new TagResourceCommand({ resourceArn: arn, tags }));
    expect(await tagsOf()).toEqual(tags);
  });

  test.each([
    [[{ Key: 'aws:x', Value: '' }], 'InvalidTagParameterException'],
    [[{ Key: '', Value: '' }], 'InvalidTagParameterException'],
    [[{ Key: 'k', Value: 'v'.repeat(257) }], 'InvalidTagParameterException'],
    [
      [
        { Key: 'k', Value: '1' },
        { Key: 'k', Value: '2' },
      ],
      'InvalidTagParameterException',
    ],
    [Array.from({ length: 51 }, (_, at) => ({ Key: `k${at}`, Value: '' })), 'TooManyTagsException'],
  ])('refuses %j', async (tags, name) => {
    await rig.repository();
    await expect(ecr.send(new TagResourceCommand({ resourceArn: arn, tags }))).rejects.toMatchObject({
      name,
    });
    expect(await tagsOf()).toEqual([]);
  });

  test('refuses more than 50 together, and a repository that is not there', async () => {
    const some = (from: number) =>
      Array.from({ length: 26 }, (_, at) => ({ Key: `k${from + at}`, Value: '' }));
    await expect(ecr.send(new TagResourceCommand({ resourceArn: arn, tags: some(0) }))).rejects.toMatchObject(
      missing,
    );
    await rig.repository();
    await ecr.send(new TagResourceCommand({ resourceArn: arn, tags: some(0) }));
    const more = ecr.send(new TagResourceCommand({ resourceArn: arn, tags: some(26) }));
    await expect(more).rejects.toMatchObject({ name: 'TooManyTagsException' });
  });
});

describe('UntagResource', () => {
  test('takes tags away, also such as are not there', async () => {
    await rig.repository('app', {
      tags: [
        { Key: 'a', Value: '1' },
        { Key: 'b', Value: '2' },
      ],
    });
    await ecr.send(new UntagResourceCommand({ resourceArn: arn, tagKeys: ['a', 'none'] }));
    expect(await tagsOf()).toEqual([{ Key: 'b', Value: '2' }]);
  });

  test('refuses a repository that is not there', async () => {
    const untag = ecr.send(new UntagResourceCommand({ resourceArn: arn, tagKeys: ['a'] }));
    await expect(untag).rejects.toMatchObject(missing);
  });
});

describe('ListTagsForResource', () => {
  test('refuses a repository that is not there', async () => {
    await expect(tagsOf()).rejects.toMatchObject(missing);
  });
});

test('what is not served says so by name', async () => {
  const begin = ecr.send(new InitiateLayerUploadCommand({ repositoryName }));
  await expect(begin).rejects.toMatchObject({
    name: 'UnsupportedOperationException',
    message: 'Longshore does not support the operation InitiateLayerUpload.',
  });
});

test('a repository of another region is another', async () => {
  await rig.repository();
  const { ECRClient } = await import('@aws-sdk/client-ecr');
  const elsewhere = rig.rig.clientOf(ECRClient, 'eu-west-1');
  const remove = new BatchDeleteImageCommand({ repositoryName, imageIds: [{ imageTag: 'a' }] });
  await expect(elsewhere.send(remove)).rejects.toMatchObject(missing);
});
