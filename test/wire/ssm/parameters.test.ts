import { CreateAliasCommand, CreateKeyCommand, DisableKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import {
  AddTagsToResourceCommand,
  DeleteParameterCommand,
  DeleteParametersCommand,
  DescribeParametersCommand,
  GetCommandInvocationCommand,
  GetParameterCommand,
  GetParameterHistoryCommand,
  GetParametersByPathCommand,
  GetParametersCommand,
  LabelParameterVersionCommand,
  ListTagsForResourceCommand,
  PutParameterCommand,
  RemoveTagsFromResourceCommand,
  SSMClient,
  UnlabelParameterVersionCommand,
  type DescribeParametersCommandInput,
  type GetParametersByPathCommandInput,
  type PutParameterCommandInput,
  type ResourceTypeForTagging,
} from '@aws-sdk/client-ssm';
import { beforeEach, describe, expect, test } from 'vitest';
import { parameterReferenceValue } from '../../../src/aws/ssm/state/parameter/find-parameter.ts';
import { createValueSeal } from '../../../src/aws/shared/value-seal.ts';
import { systemRandom } from '../../../src/lib/random.ts';
import { EcsRig } from '../../../test-support/ecs-rig.ts';

let rig: EcsRig;
let ssm: SSMClient;
beforeEach(async () => {
  rig = await EcsRig.open();
  ssm = rig.clientOf(SSMClient);
});

const put = (Name: string, Value: string, more: Partial<PutParameterCommandInput> = {}) =>
  ssm.send(new PutParameterCommand({ Name, Value, Type: 'String', ...more }));
const overwrite = (Name: string, Value: string, more: Partial<PutParameterCommandInput> = {}) =>
  put(Name, Value, { Overwrite: true, Type: undefined, ...more });
const get = async (Name: string, WithDecryption = true) =>
  (await ssm.send(new GetParameterCommand({ Name, WithDecryption }))).Parameter!;
const path = (length: number) => '/l'.repeat(length);

describe('PutParameter', () => {
  test('makes a parameter, and a version each time it is overwritten', async () => {
    expect(await put('/shop/url', 'a')).toMatchObject({ Version: 1, Tier: 'Standard' });
    await expect(put('/shop/url', 'b')).rejects.toMatchObject({
      name: 'ParameterAlreadyExists',
      message:
        'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.',
    });
    expect(await overwrite('/shop/url', 'b')).toMatchObject({ Version: 2 });
    expect(await get('/shop/url')).toEqual({
      Name: '/shop/url',
      Type: 'String',
      Value: 'b',
      Version: 2,
      ARN: 'arn:aws:ssm:us-east-1:000000000000:parameter/shop/url',
      DataType: 'text',
      LastModifiedDate: expect.any(Date),
    });
  });

  test('encrypts a SecureString with the key of the service, or one that is given', async () => {
    const kms = rig.clientOf(KMSClient);
    const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
    const TargetKeyId = KeyMetadata!.KeyId;
    await kms.send(new CreateAliasCommand({ AliasName: 'alias/mine', TargetKeyId }));
    await put('a', 'hush', { Type: 'SecureString' });
    await put('b', 'hush', { Type: 'SecureString', KeyId: 'alias/mine' });
    expect(await get('a')).toMatchObject({ Type: 'SecureString', Value: 'hush' });
    expect(await get('b')).toMatchObject({ Value: 'hush' });
    expect((await get('a', false)).Value).toMatch(/^[A-Za-z0-9+/]+=*$/);
    const { Parameters } = await ssm.send(new DescribeParametersCommand({}));
    expect(Parameters!.map(({ KeyId }) => KeyId)).toEqual(['alias/aws/ssm', 'alias/mine']);
    await kms.send(new DisableKeyCommand({ KeyId: TargetKeyId }));
    await expect(get('b')).rejects.toMatchObject({ name: 'InvalidKeyId', message: /is disabled/ });
    await get('b', false);
  });

  test('takes larger values in the advanced tier, and never goes back', async () => {
    const large = 'x'.repeat(4097);
    expect(await put('a', large, { Tier: 'Advanced' })).toMatchObject({ Tier: 'Advanced' });
    expect(await put('b', large, { Tier: 'Intelligent-Tiering' })).toMatchObject({ Tier: 'Advanced' });
    expect(await put('c', 'x', { Tier: 'Intelligent-Tiering' })).toMatchObject({ Tier: 'Standard' });
    expect(await overwrite('a', 'x')).toMatchObject({ Tier: 'Advanced' });
    await expect(overwrite('a', 'x', { Tier: 'Standard' })).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringContaining("You can't downgrade a parameter"),
    });
    await put('d', 'x'.repeat(8192), { Tier: 'Advanced' });
  });

  test('keeps the key of the version before', async () => {
    const kms = rig.clientOf(KMSClient);
    const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
    await put('a', 'one', { Type: 'SecureString', KeyId: KeyMetadata!.KeyId });
    await overwrite('a', 'two');
    const { Parameters } = await ssm.send(new DescribeParametersCommand({}));
    expect(Parameters).toMatchObject([{ KeyId: KeyMetadata!.KeyId, Version: 2 }]);
  });

  test('keeps description and pattern of the version before', async () => {
    await put('a', '1', { Description: 'd', AllowedPattern: '^\\d+$' });
    await overwrite('a', '2');
    await expect(overwrite('a', 'x')).rejects.toMatchObject({
      name: 'ParameterPatternMismatchException',
      message: 'Parameter value, cannot be validated against allowedPattern: ^\\d+$',
    });
    const { Parameters } = await ssm.send(new DescribeParametersCommand({}));
    expect(Parameters).toMatchObject([{ Description: 'd', AllowedPattern: '^\\d+$', Version: 2 }]);
  });

  test('keeps a hundred versions, and the oldest while it has a label', async () => {
    await put('a', '1');
    for (let at = 2; at <= 101; at++) await overwrite('a', `${at}`);
    await expect(get('a:1')).rejects.toMatchObject({ name: 'ParameterVersionNotFound' });
    await ssm.send(new LabelParameterVersionCommand({ Name: 'a', ParameterVersion: 2, Labels: ['keep'] }));
    await expect(overwrite('a', 'x')).rejects.toMatchObject({
      name: 'ParameterMaxVersionLimitExceeded',
      message: expect.stringContaining('Version 2, the oldest version'),
    });
    expect(await get('a')).toMatchObject({ Version: 101 });
  });

  test('is not held up by any pattern', async () => {
    const began = performance.now();
    await put('a', 'a'.repeat(4000), { AllowedPattern: '(a*)*b|a' });
    await expect(put('b', 'a'.repeat(4000), { AllowedPattern: '^(a+)+$b' })).rejects.toMatchObject({
      name: 'ParameterPatternMismatchException',
    });
    expect(performance.now() - began).toBeLessThan(5000);
  });

  test.each([
    ['a', '', {}, 'ValidationException', 'at least one character'],
    ['a', 'x'.repeat(4097), {}, 'ValidationException', 'Standard tier parameters support a maximum'],
    ['a', 'x'.repeat(8193), { Tier: 'Advanced' }, 'ValidationException', 'Advanced tier parameters'],
    ['a', 'x', { Type: undefined }, 'ValidationException', 'A parameter type is required'],
    ['a', 'x', { Type: 'Text' }, 'ValidationException', 'should be one of'],
    ['a', 'x', { KeyId: 'alias/aws/ssm' }, 'ValidationException', 'SecureString type parameter only'],
    ['a', 'x', { Type: 'SecureString', KeyId: 'alias/none' }, 'InvalidKeyId', 'alias/none is not found'],
    ['a', 'x', { AllowedPattern: '(' }, 'InvalidAllowedPatternException', 'not a regular expression'],
    ['a', 'x', { AllowedPattern: '(a{900}){900}' }, 'InvalidAllowedPatternException', 'too large'],
    ['a', 'x', { Description: 'd'.repeat(1025) }, 'ValidationException', '1024'],
    ['a', 'x', { Policies: '[{"Type":"Expiration"}]' }, 'UnsupportedOperation', 'parameter policies'],
    ['a', 'x', { DataType: 'aws:ssm:integration' }, 'UnsupportedOperation', 'aws:ssm:integration'],
    ['a', 'x', { DataType: 'number' }, 'ValidationException', 'data type is not supported: number'],
    ['a', 'x', { DataType: 'aws:ec2:image' }, 'ValidationException', 'the id of an image'],
    ['a', 'x', { Tags: [{ Key: 'aws:x', Value: '' }] }, 'ValidationException', "may not start with 'aws:'"],
    ['a', 'x', { Tags: [{ Key: '', Value: '' }] }, 'ValidationException', '1 to 128'],
    ['a', 'x', { Tags: [{ Key: 'k', Value: '' }], Overwrite: true }, 'ValidationException', 'used together'],
    ['a/b', 'x', {}, 'ValidationException', 'must be a fully qualified name'],
    ['a b', 'x', {}, 'ValidationException', 'can\'t be prefixed with "ssm"'],
    ['/a/', 'x', {}, 'ValidationException', 'each sub-path'],
    ['/a//b', 'x', {}, 'ValidationException', 'each sub-path'],
    ['/ssm/x', 'x', {}, 'ValidationException', 'can\'t be prefixed with "ssm"'],
    ['/aws/x', 'x', {}, 'AccessDeniedException', 'No access to reserved parameter name: /aws/x.'],
    ['AWSx', 'x', {}, 'AccessDeniedException', 'No access to reserved'],
    [path(16), 'x', {}, 'HierarchyLevelLimitExceededException', '15 levels'],
    [`/${'n'.repeat(1011)}`, 'x', {}, 'ValidationException', '1011 characters'],
  ])('refuses %s, case %#', async (name, value, more, error, message) => {
    await expect(put(name, value, more as object)).rejects.toMatchObject({
      name: error,
      message: expect.stringContaining(message),
    });
    expect((await ssm.send(new DescribeParametersCommand({}))).Parameters).toEqual([]);
  });

  test('takes fifteen levels, and an image', async () => {
    await put(path(15), 'x');
    await put('ami', 'ami-0123456789abcdef0', { DataType: 'aws:ec2:image' });
    expect(await get('ami')).toMatchObject({ DataType: 'aws:ec2:image' });
  });

  test('changes no type', async () => {
    await put('a', 'x');
    await expect(overwrite('a', 'x', { Type: 'SecureString' })).rejects.toMatchObject({
      name: 'HierarchyTypeMismatchException',
    });
  });
});

describe('GetParameter', () => {
  test('finds by name, ARN, version and label', async () => {
    await put('/shop/url', 'one');
    await overwrite('/shop/url', 'two');
    await ssm.send(
      new LabelParameterVersionCommand({ Name: '/shop/url', ParameterVersion: 1, Labels: ['old'] }),
    );
    await put('plain', 'p');
    const arn = 'arn:aws:ssm:us-east-1:000000000000:parameter';
    expect(await get(`${arn}/shop/url`)).toMatchObject({ Value: 'two' });
    expect(await get(`${arn}/plain`)).toMatchObject({ Value: 'p' });
    expect(await get('/shop/url:1')).toMatchObject({ Value: 'one', Selector: ':1' });
    expect(await get('/shop/url:old')).toMatchObject({ Value: 'one', Version: 1, Selector: ':old' });
  });

  test.each([
    ['none', 'ParameterNotFound', 'Parameter none not found.'],
    ['a:2', 'ParameterVersionNotFound', 'could not find version 2 of a. Verify the version and try again.'],
    ['a:none', 'ParameterVersionNotFound', 'could not find the label none'],
    ['{a}', 'ValidationException', 'can\'t be prefixed with "ssm"'],
    ['arn:aws:ssm:eu-west-1:000000000000:parameter/a', 'ParameterNotFound', 'not found'],
    ['arn:aws:ssm:us-east-1:111111111111:parameter/a', 'ParameterNotFound', 'not found'],
    ['/aws/service/ecs/optimized-ami/none/recommended', 'ParameterNotFound', 'not found'],
  ])('does not find %s', async (name, error, message) => {
    await put('a', 'x');
    await expect(get(name)).rejects.toMatchObject({ name: error, message: expect.stringContaining(message) });
  });

  test.each(['amazon-linux-2', 'amazon-linux-2/arm64', 'amazon-linux-2023', 'amazon-linux-2023/arm64'])(
    'knows the image of hosts for %s',
    async (family) => {
      const name = `/aws/service/ecs/optimized-ami/${family}/recommended`;
      const parameter = await get(name);
      expect(parameter).toMatchObject({
        Name: name,
        Type: 'String',
        Version: 1,
        ARN: `arn:aws:ssm:us-east-1::parameter${name}`,
      });
      const about = JSON.parse(parameter.Value!);
      expect(about).toEqual({
        schema_version: 1,
        image_id: expect.stringMatching(/^ami-[0-9a-f]{17}$/),
        image_name: expect.any(String),
        os: expect.stringMatching(/^Amazon Linux 2/),
      });
      const id = await get(`${name}/image_id`);
      expect(id).toMatchObject({ Value: about.image_id, DataType: 'aws:ec2:image' });
      expect(await get(`arn:aws:ssm:us-east-1::parameter${name}/image_id`)).toMatchObject({
        Value: id.Value,
      });
    },
  );
});

describe('GetParameters', () => {
  const getAll = (Names: string[]) => ssm.send(new GetParametersCommand({ Names, WithDecryption: true }));

  test('tells what is there and what is not', async () => {
    await put('a', '1');
    await put('b', '2', { Type: 'SecureString' });
    const { Parameters, InvalidParameters } = await getAll(['a', 'none', 'b', 'a:7']);
    expect(Parameters!.map(({ Name, Value }) => [Name, Value])).toEqual([
      ['a', '1'],
      ['b', '2'],
    ]);
    expect(InvalidParameters).toEqual(['none', 'a:7']);
  });

  test.each([[[]], [['a', 'a']], [Array.from({ length: 11 }, (_, at) => `p${at}`)], [['{a}']]])(
    'refuses %j',
    async (names) => {
      await expect(getAll(names)).rejects.toMatchObject({ name: 'ValidationException' });
    },
  );
});

describe('GetParametersByPath', () => {
  const below = async (Path: string, more: Partial<GetParametersByPathCommandInput> = {}) =>
    (await ssm.send(new GetParametersByPathCommand({ Path, ...more }))).Parameters!.map(({ Name }) => Name);
  beforeEach(async () => {
    for (const name of ['/a', '/a/b', '/a/b/c', '/a/d', '/ab/e', 'root', '/a-x/y', '/z/s'])
      await put(name, name, { Type: name.endsWith('d') ? 'StringList' : 'String' });
  });

  test.each([
    ['/a', false, ['/a/b', '/a/d']],
    ['/a/', false, ['/a/b', '/a/d']],
    ['/a', true, ['/a/b', '/a/b/c', '/a/d']],
    ['/a/b', true, ['/a/b/c']],
    ['/', false, ['/a']],
    ['/', true, ['/a', '/a-x/y', '/a/b', '/a/b/c', '/a/d', '/ab/e', '/z/s']],
    ['/none', true, []],
  ])('shows what is below %s (recursive: %s)', async (path, Recursive, found) => {
    expect(await below(path, { Recursive })).toEqual(found);
  });

  test('pages, ten at a time', async () => {
    for (let at = 0; at < 12; at++) await put(`/many/${at}`, 'x');
    const first = await ssm.send(new GetParametersByPathCommand({ Path: '/many' }));
    expect(first.Parameters).toHaveLength(10);
    expect(await below('/many', { NextToken: first.NextToken })).toHaveLength(2);
  });

  test('filters by type, key and label', async () => {
    const filter = (Key: string, ...Values: string[]) => ({ ParameterFilters: [{ Key, Values }] });
    await put('/a/s', 'x', { Type: 'SecureString' });
    await ssm.send(new LabelParameterVersionCommand({ Name: '/a/b', Labels: ['old'] }));
    await overwrite('/a/b', 'new');
    expect(await below('/a', filter('Type', 'StringList'))).toEqual(['/a/d']);
    expect(await below('/a', filter('KeyId', 'alias/aws/ssm'))).toEqual(['/a/s']);
    const labelled = new GetParametersByPathCommand({ Path: '/a', ...filter('Label', 'old') });
    expect((await ssm.send(labelled)).Parameters).toMatchObject([
      { Name: '/a/b', Value: '/a/b', Version: 1 },
    ]);
  });

  test('shows public parameters', async () => {
    const path = '/aws/service/ecs/optimized-ami/amazon-linux-2023';
    expect(await below(path)).toEqual([`${path}/recommended`]);
    expect(await below(path, { Recursive: true })).toContain(`${path}/recommended/image_id`);
  });

  test.each([
    ['a', {}, 'ValidationException'],
    ['/a', { MaxResults: 11 }, 'ValidationException'],
    ['/a', { NextToken: 'x' }, 'InvalidNextToken'],
    ['/a', { ParameterFilters: [{ Key: 'Name', Values: ['a'] }] }, 'InvalidFilterKey'],
    ['/a', { ParameterFilters: [{ Key: 'Type', Option: 'Contains', Values: ['a'] }] }, 'InvalidFilterOption'],
    ['/a', { ParameterFilters: [{ Key: 'Type' }] }, 'InvalidFilterValue'],
  ])('refuses %s with %j', async (path, more, name) => {
    await expect(below(path, more)).rejects.toMatchObject({ name });
  });
});

describe('DescribeParameters', () => {
  const described = async (input: DescribeParametersCommandInput = {}) =>
    (await ssm.send(new DescribeParametersCommand(input))).Parameters!.map(({ Name }) => Name);
  beforeEach(async () => {
    await put('/shop/db/url', 'x', { Tags: [{ Key: 'team', Value: 'red' }] });
    await put('/shop/key', 'hush', { Type: 'SecureString', Tags: [{ Key: 'team', Value: 'blue' }] });
    await put('plain', 'x', { Tier: 'Advanced' });
  });

  test('shows all but the values', async () => {
    const { Parameters } = await ssm.send(new DescribeParametersCommand({}));
    expect(Parameters![1]).toEqual({
      Name: '/shop/key',
      ARN: 'arn:aws:ssm:us-east-1:000000000000:parameter/shop/key',
      Type: 'SecureString',
      KeyId: 'alias/aws/ssm',
      LastModifiedDate: expect.any(Date),
      LastModifiedUser: 'arn:aws:iam::000000000000:user/administrator',
      Version: 1,
      Tier: 'Standard',
      Policies: [],
      DataType: 'text',
    });
  });

  test.each([
    [{ Key: 'Name', Values: ['plain'] }, ['plain']],
    [{ Key: 'Name', Values: ['/plain'] }, ['plain']],
    [{ Key: 'Name', Option: 'BeginsWith', Values: ['/shop'] }, ['/shop/db/url', '/shop/key']],
    [{ Key: 'Name', Option: 'Contains', Values: ['db', 'lai'] }, ['/shop/db/url', 'plain']],
    [{ Key: 'Path', Values: ['/shop'] }, ['/shop/key']],
    [{ Key: 'Path', Option: 'Recursive', Values: ['/shop'] }, ['/shop/db/url', '/shop/key']],
    [{ Key: 'Type', Values: ['SecureString'] }, ['/shop/key']],
    [{ Key: 'KeyId', Option: 'BeginsWith', Values: ['alias/aws'] }, ['/shop/key']],
    [{ Key: 'Tier', Values: ['Advanced'] }, ['plain']],
    [{ Key: 'DataType', Values: ['aws:ec2:image'] }, []],
    [{ Key: 'tag:team' }, ['/shop/db/url', '/shop/key']],
    [{ Key: 'tag:team', Values: ['blue'] }, ['/shop/key']],
  ])('finds by %j', async (filter, found) => {
    expect(await described({ ParameterFilters: [filter] })).toEqual(found);
  });

  test('takes the older form of filters', async () => {
    expect(await described({ Filters: [{ Key: 'Name', Values: ['/shop'] }] })).toHaveLength(2);
  });

  test('pages', async () => {
    const first = await ssm.send(new DescribeParametersCommand({ MaxResults: 2 }));
    expect(await described({ MaxResults: 2, NextToken: first.NextToken })).toEqual(['plain']);
  });

  test.each([
    [{ ParameterFilters: [{ Key: 'Label', Values: ['a'] }] }, 'InvalidFilterKey'],
    [{ ParameterFilters: [{ Key: 'Name', Option: 'Like', Values: ['a'] }] }, 'InvalidFilterOption'],
    [{ ParameterFilters: [{ Key: 'Name' }] }, 'InvalidFilterValue'],
    [{ ParameterFilters: [{ Key: 'Path', Values: ['a'] }] }, 'InvalidFilterValue'],
    [
      {
        ParameterFilters: [
          { Key: 'Name', Values: ['a'] },
          { Key: 'Name', Values: ['b'] },
        ],
      },
      'ValidationException',
    ],
    [
      {
        Filters: [{ Key: 'Name' as const, Values: ['a'] }],
        ParameterFilters: [{ Key: 'Name', Values: ['a'] }],
      },
      'ValidationException',
    ],
    [{ Shared: true }, 'UnsupportedOperation'],
    [{ MaxResults: 51 }, 'ValidationException'],
    [{ NextToken: 'x' }, 'InvalidNextToken'],
  ])('refuses %j', async (input, name) => {
    await expect(described(input)).rejects.toMatchObject({ name });
  });
});

const history = async (more = {}) =>
  (await ssm.send(new GetParameterHistoryCommand({ Name: 'a', ...more }))).Parameters!;

describe('GetParameterHistory', () => {
  test('shows versions with values and labels, the oldest first', async () => {
    await put('a', 'one', { Type: 'SecureString' });
    await overwrite('a', 'two', { Description: 'd' });
    await ssm.send(new LabelParameterVersionCommand({ Name: 'a', Labels: ['live'] }));
    expect(await history({ WithDecryption: true })).toMatchObject([
      { Value: 'one', Version: 1, Labels: [], KeyId: 'alias/aws/ssm' },
      { Value: 'two', Version: 2, Labels: ['live'], Description: 'd' },
    ]);
    expect((await history())[0]!.Value).not.toContain('one');
    const first = await ssm.send(new GetParameterHistoryCommand({ Name: 'a', MaxResults: 1 }));
    expect(await history({ MaxResults: 1, NextToken: first.NextToken })).toMatchObject([{ Version: 2 }]);
  });

  test.each([
    [{ Name: 'none' }, 'ParameterNotFound'],
    [{ NextToken: 'x' }, 'InvalidNextToken'],
  ])('refuses %j', async (more, name) => {
    await put('a', 'x');
    await expect(history(more)).rejects.toMatchObject({ name });
  });
});

describe('DeleteParameter', () => {
  test('forgets it with its history', async () => {
    await put('a', '1');
    await overwrite('a', '2');
    await ssm.send(new DeleteParameterCommand({ Name: 'a' }));
    await expect(get('a')).rejects.toMatchObject({ name: 'ParameterNotFound' });
    await expect(ssm.send(new DeleteParameterCommand({ Name: 'a' }))).rejects.toMatchObject({
      name: 'ParameterNotFound',
    });
    expect(await put('a', '1')).toMatchObject({ Version: 1 });
    expect(await history()).toHaveLength(1);
  });
});

describe('DeleteParameters', () => {
  test('tells what was there', async () => {
    await put('a', '1');
    const answer = await ssm.send(new DeleteParametersCommand({ Names: ['a', 'none'] }));
    expect(answer).toMatchObject({ DeletedParameters: ['a'], InvalidParameters: ['none'] });
  });

  test('refuses more than ten', async () => {
    const Names = Array.from({ length: 11 }, (_, at) => `p${at}`);
    await expect(ssm.send(new DeleteParametersCommand({ Names }))).rejects.toMatchObject({
      name: 'ValidationException',
    });
  });
});

const labels = async () => (await history()).map(({ Labels }) => Labels);

describe('LabelParameterVersion', () => {
  const label = (Labels: string[], ParameterVersion?: number) =>
    ssm.send(new LabelParameterVersionCommand({ Name: 'a', Labels, ParameterVersion }));
  beforeEach(async () => {
    await put('a', '1');
    await overwrite('a', '2');
  });

  test('gives labels to the latest version, or moves them', async () => {
    expect(await label(['live'])).toMatchObject({ ParameterVersion: 2, InvalidLabels: [] });
    expect(await labels()).toEqual([[], ['live']]);
    await label(['live', 'old'], 1);
    expect(await labels()).toEqual([['live', 'old'], []]);
  });

  test('tells which are none', async () => {
    const bad = ['1st', 'aws-x', 'SSM', 'a b', 'l'.repeat(101)];
    expect(await label([...bad, 'ok'])).toMatchObject({ InvalidLabels: bad });
    expect(await labels()).toEqual([[], ['ok']]);
  });

  test('refuses an eleventh, a version that is not there, and none', async () => {
    await label(Array.from({ length: 10 }, (_, at) => `l${at}`));
    await expect(label(['more'])).rejects.toMatchObject({ name: 'ParameterVersionLabelLimitExceeded' });
    await expect(label(['x'], 9)).rejects.toMatchObject({ name: 'ParameterVersionNotFound' });
    await expect(label([])).rejects.toMatchObject({ name: 'ValidationException' });
  });
});

describe('UnlabelParameterVersion', () => {
  const unlabel = (Labels: string[], ParameterVersion = 1) =>
    ssm.send(new UnlabelParameterVersionCommand({ Name: 'a', Labels, ParameterVersion }));

  test('takes labels away, and tells which the version does not have', async () => {
    await put('a', '1');
    await ssm.send(new LabelParameterVersionCommand({ Name: 'a', Labels: ['x', 'y'] }));
    expect(await unlabel(['x', 'z'])).toMatchObject({ RemovedLabels: ['x'], InvalidLabels: ['z'] });
    expect(await labels()).toEqual([['y']]);
    await expect(unlabel(['y'], 2)).rejects.toMatchObject({ name: 'ParameterVersionNotFound' });
    await expect(unlabel([])).rejects.toMatchObject({ name: 'ValidationException' });
  });
});

const tagged = { ResourceType: 'Parameter' as const, ResourceId: 'a' };
const tags = async (ResourceType: ResourceTypeForTagging = 'Parameter') =>
  (await ssm.send(new ListTagsForResourceCommand({ ...tagged, ResourceType }))).TagList;

describe('AddTagsToResource', () => {
  test('adds and replaces', async () => {
    await put('a', '1', { Tags: [{ Key: 'a', Value: '1' }] });
    const Tags = [
      { Key: 'a', Value: '2' },
      { Key: 'b', Value: '' },
    ];
    await ssm.send(new AddTagsToResourceCommand({ ...tagged, Tags }));
    expect(await tags()).toEqual(Tags);
  });

  test('refuses a fifty-first', async () => {
    await put('a', '1', { Tags: Array.from({ length: 50 }, (_, at) => ({ Key: `k${at}`, Value: '' })) });
    const more = new AddTagsToResourceCommand({ ...tagged, Tags: [{ Key: 'x', Value: '' }] });
    await expect(ssm.send(more)).rejects.toMatchObject({ name: 'TooManyTagsError' });
  });
});

describe('RemoveTagsFromResource', () => {
  test('takes tags off, and minds none that is not there', async () => {
    await put('a', '1', { Tags: [{ Key: 'a', Value: '1' }] });
    await ssm.send(new RemoveTagsFromResourceCommand({ ...tagged, TagKeys: ['a', 'z'] }));
    expect(await tags()).toEqual([]);
  });

  test('does not know a parameter that is not there', async () => {
    const sent = ssm.send(new RemoveTagsFromResourceCommand({ ...tagged, TagKeys: ['a'] }));
    await expect(sent).rejects.toMatchObject({ name: 'InvalidResourceId' });
  });
});

describe('ListTagsForResource', () => {
  test('refuses what is no parameter', async () => {
    await expect(tags()).rejects.toMatchObject({ name: 'InvalidResourceId' });
    await expect(tags('Document')).rejects.toMatchObject({ name: 'InvalidResourceType' });
  });
});

test('what is not served says so', async () => {
  const sent = new GetCommandInvocationCommand({
    CommandId: 'c'.repeat(36),
    InstanceId: 'i-0123456789abcdef0',
  });
  await expect(ssm.send(sent)).rejects.toMatchObject({
    name: 'UnsupportedOperation',
    message: 'Longshore does not support the operation GetCommandInvocation.',
  });
});

test('the value of a reference in a task definition is decrypted', async () => {
  const valueSeal = createValueSeal(new Uint8Array(32).fill(7), systemRandom);
  const scope = { accountId: '000000000000', region: 'us-east-1' };
  const read = (text: string) =>
    rig.controlPlane.store.view((tx) => parameterReferenceValue(tx, { valueSeal }, scope, text));
  await put('/shop/key', 'hush', { Type: 'SecureString' });
  await put('list', 'a,b', { Type: 'StringList' });
  expect(read('/shop/key')).toBe('hush');
  expect(read('arn:aws:ssm:us-east-1:000000000000:parameter/shop/key')).toBe('hush');
  expect(read('list')).toBe('a,b');
  expect(read('/aws/service/ecs/optimized-ami/amazon-linux-2023/recommended/image_id')).toMatch(/^ami-/);
  expect(() => read('/shop/none')).toThrow('Parameter /shop/none not found.');
});
