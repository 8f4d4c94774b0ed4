import {
  CreateAccessKeyCommand,
  CreateUserCommand,
  IAMClient,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam';
import { CreateKeyCommand, DisableKeyCommand, EnableKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import {
  BatchGetSecretValueCommand,
  CreateSecretCommand,
  DescribeSecretCommand,
  GetRandomPasswordCommand,
  GetSecretValueCommand,
  ListSecretVersionIdsCommand,
  PutResourcePolicyCommand,
  PutSecretValueCommand,
  ReplicateSecretToRegionsCommand,
  SecretsManagerClient,
  UpdateSecretCommand,
  UpdateSecretVersionStageCommand,
  type GetRandomPasswordCommandInput,
  type GetSecretValueCommandInput,
  type PutSecretValueCommandInput,
} from '@aws-sdk/client-secrets-manager';
import { beforeEach, describe, expect, test } from 'vitest';
import {
  parseSecretReference,
  secretReferenceValue,
} from '../../../src/aws/secretsmanager/state/reference/secret-reference.ts';
import { createValueSeal } from '../../../src/aws/shared/value-seal.ts';
import { systemRandom } from '../../../src/lib/random.ts';
import { EcsRig } from '../../../test-support/ecs-rig.ts';
import { sdkClientOf } from '../../../test-support/sdk-client.ts';

const day = 24 * 3_600_000;
let rig: EcsRig;
let secrets: SecretsManagerClient;
let ARN: string;
const id = (digit: string) => digit.repeat(32);
beforeEach(async () => {
  rig = await EcsRig.open();
  secrets = rig.clientOf(SecretsManagerClient);
  const first = { Name: 'a', SecretString: 'one', ClientRequestToken: id('1') };
  ARN = (await secrets.send(new CreateSecretCommand(first))).ARN!;
});

const get = (more: Partial<GetSecretValueCommandInput> = {}) =>
  secrets.send(new GetSecretValueCommand({ SecretId: 'a', ...more }));
const put = (digit: string, SecretString: string, more: Partial<PutSecretValueCommandInput> = {}) =>
  secrets.send(
    new PutSecretValueCommand({ SecretId: 'a', SecretString, ClientRequestToken: id(digit), ...more }),
  );
const stages = async () =>
  (await secrets.send(new DescribeSecretCommand({ SecretId: 'a' }))).VersionIdsToStages;

describe('GetSecretValue', () => {
  test('shows the current value, or that of a version or stage', async () => {
    await put('2', 'two');
    const { $metadata: _, ...current } = await get();
    expect(current).toEqual({
      ARN,
      Name: 'a',
      VersionId: id('2'),
      SecretString: 'two',
      VersionStages: ['AWSCURRENT'],
      CreatedDate: expect.any(Date),
    });
    expect(await get({ VersionId: id('1') })).toMatchObject({ SecretString: 'one' });
    expect(await get({ VersionStage: 'AWSPREVIOUS' })).toMatchObject({ SecretString: 'one' });
    expect(await get({ VersionId: id('1'), VersionStage: 'AWSPREVIOUS' })).toMatchObject({
      SecretString: 'one',
    });
  });

  test('keeps bytes and texts as they are', async () => {
    const SecretBinary = Uint8Array.from({ length: 256 }, (_, at) => at);
    await put('2', '', { SecretString: undefined, SecretBinary });
    expect((await get()).SecretBinary).toEqual(SecretBinary);
    const largest = 'ä"\n\u0000'.padEnd(65_500, 'x');
    await put('3', largest);
    expect((await get()).SecretString).toBe(largest);
  });

  test('notes the day of the last access', async () => {
    const before = await secrets.send(new DescribeSecretCommand({ SecretId: 'a' }));
    expect(before).not.toHaveProperty('LastAccessedDate');
    await get();
    const { LastAccessedDate } = await secrets.send(new DescribeSecretCommand({ SecretId: 'a' }));
    expect(LastAccessedDate!.getTime() % day).toBe(0);
    const { revision } = rig.controlPlane.store;
    await get();
    expect(rig.controlPlane.store.revision).toBe(revision);
  });

  test.each([
    [{ SecretId: 'b' }, 'ResourceNotFoundException', "can't find the specified secret."],
    [{ VersionId: id('9') }, 'ResourceNotFoundException', `secret value for VersionId: ${id('9')}`],
    [{ VersionStage: 'X' }, 'ResourceNotFoundException', 'secret value for staging label: X'],
    [{ VersionId: id('1'), VersionStage: 'X' }, 'InvalidRequestException', 'not associated'],
  ])('refuses %j', async (more, name, message) => {
    await expect(get(more)).rejects.toMatchObject({ name, message: expect.stringContaining(message) });
  });

  test('fails while its key is disabled', async () => {
    const kms = rig.clientOf(KMSClient);
    const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
    const KeyId = KeyMetadata!.KeyId!;
    await secrets.send(new UpdateSecretCommand({ SecretId: 'a', KmsKeyId: KeyId }));
    await kms.send(new DisableKeyCommand({ KeyId }));
    await expect(get()).rejects.toMatchObject({ name: 'DecryptionFailure' });
    await expect(put('2', 'two')).rejects.toMatchObject({ name: 'EncryptionFailure' });
    await kms.send(new EnableKeyCommand({ KeyId }));
    expect(await get()).toMatchObject({ SecretString: 'one' });
  });
});

describe('PutSecretValue', () => {
  test('makes the new version current and the last one previous', async () => {
    expect(await put('2', 'two')).toMatchObject({ ARN, VersionId: id('2'), VersionStages: ['AWSCURRENT'] });
    await put('3', 'three');
    expect(await stages()).toEqual({ [id('3')]: ['AWSCURRENT'], [id('2')]: ['AWSPREVIOUS'] });
  });

  test('gives other stages, and leaves the current one alone', async () => {
    await put('2', 'two', { VersionStages: ['AWSPENDING', 'mine'] });
    expect(await stages()).toEqual({ [id('1')]: ['AWSCURRENT'], [id('2')]: ['AWSPENDING', 'mine'] });
  });

  test('answers the same to the same call, and refuses another value for it', async () => {
    await put('2', 'two');
    await put('3', 'three');
    expect(await put('2', 'two')).toMatchObject({ VersionId: id('2'), VersionStages: ['AWSPREVIOUS'] });
    await expect(put('2', 'other')).rejects.toMatchObject({ name: 'ResourceExistsException' });
    expect(await get()).toMatchObject({ SecretString: 'three' });
  });

  test('keeps a hundred versions, and longer what is younger than a day', async () => {
    const count = async () => {
      const versions = new ListSecretVersionIdsCommand({ SecretId: 'a', IncludeDeprecated: true });
      const page = await secrets.send(versions);
      return page.Versions!.length + (page.NextToken === undefined ? 0 : 1);
    };
    for (let at = 1000; at < 1100; at++) await put('', `${at}`, { ClientRequestToken: `${at}`.repeat(8) });
    expect(await count()).toBe(101);
    await rig.clock.advance(2 * day);
    await put('x', 'x');
    expect(await count()).toBe(100);
    expect(await stages()).toEqual({ [id('x')]: ['AWSCURRENT'], ['1099'.repeat(8)]: ['AWSPREVIOUS'] });
  });

  test.each([
    [{ SecretString: undefined }, 'InvalidParameterException'],
    [{ VersionStages: [] }, 'InvalidParameterException'],
    [{ VersionStages: [''] }, 'InvalidParameterException'],
    [{ VersionStages: Array.from({ length: 21 }, (_, at) => `s${at}`) }, 'InvalidParameterException'],
    [{ SecretId: 'b' }, 'ResourceNotFoundException'],
    [{ RotationToken: 'r'.repeat(36) }, 'InvalidRequestException'],
  ])('refuses %j', async (more, name) => {
    await expect(put('2', 'two', more)).rejects.toMatchObject({ name });
    expect(await stages()).toEqual({ [id('1')]: ['AWSCURRENT'] });
  });

  test('refuses a twenty-first stage', async () => {
    await put('2', 'two', { VersionStages: Array.from({ length: 20 }, (_, at) => `s${at}`) });
    const sent = new UpdateSecretVersionStageCommand({
      SecretId: 'a',
      VersionStage: 'more',
      MoveToVersionId: id('2'),
    });
    await expect(secrets.send(sent)).rejects.toMatchObject({ name: 'LimitExceededException' });
  });
});

describe('UpdateSecret', () => {
  test('changes what is given, and makes a version of a value', async () => {
    const described = { SecretId: 'a', Description: 'd' };
    expect(await secrets.send(new UpdateSecretCommand(described))).not.toHaveProperty('VersionId');
    const sent = new UpdateSecretCommand({
      SecretId: 'a',
      SecretString: 'two',
      ClientRequestToken: id('2'),
    });
    expect(await secrets.send(sent)).toMatchObject({ ARN, Name: 'a', VersionId: id('2') });
    expect(await get()).toMatchObject({ SecretString: 'two' });
    const secret = await secrets.send(new DescribeSecretCommand({ SecretId: 'a' }));
    expect(secret).toMatchObject({ Description: 'd' });
  });

  test('encrypts anew with another key', async () => {
    const kms = rig.clientOf(KMSClient);
    const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
    await secrets.send(new UpdateSecretCommand({ SecretId: 'a', KmsKeyId: KeyMetadata!.Arn }));
    const { Versions } = await secrets.send(new ListSecretVersionIdsCommand({ SecretId: 'a' }));
    expect(Versions).toMatchObject([{ KmsKeyIds: [KeyMetadata!.Arn] }]);
    expect(await get()).toMatchObject({ SecretString: 'one' });
  });

  test.each([
    [{ SecretId: 'b' }, 'ResourceNotFoundException'],
    [{ KmsKeyId: 'alias/none' }, 'EncryptionFailure'],
    [{ Description: 'd'.repeat(2049) }, 'InvalidParameterException'],
    [{ SecretString: 'x', SecretBinary: Buffer.from('x') }, 'InvalidParameterException'],
    [{ Type: 'x' }, 'InvalidRequestException'],
  ])('refuses %j', async (more, name) => {
    const sent = secrets.send(new UpdateSecretCommand({ SecretId: 'a', ...more }));
    await expect(sent).rejects.toMatchObject({ name });
    const secret = await secrets.send(new DescribeSecretCommand({ SecretId: 'a' }));
    expect(secret).not.toHaveProperty('KmsKeyId');
  });
});

describe('UpdateSecretVersionStage', () => {
  const move = (VersionStage: string, RemoveFromVersionId?: string, MoveToVersionId?: string) =>
    secrets.send(
      new UpdateSecretVersionStageCommand({
        SecretId: 'a',
        VersionStage,
        RemoveFromVersionId,
        MoveToVersionId,
      }),
    );
  beforeEach(() => put('2', 'two'));

  test('makes another version current', async () => {
    await move('AWSCURRENT', id('2'), id('1'));
    expect(await stages()).toEqual({ [id('1')]: ['AWSCURRENT'], [id('2')]: ['AWSPREVIOUS'] });
    expect(await get()).toMatchObject({ SecretString: 'one' });
  });

  test('gives a stage and takes it away', async () => {
    await move('mine', undefined, id('1'));
    expect((await stages())![id('1')]).toEqual(['AWSPREVIOUS', 'mine']);
    await move('mine', id('1'));
    expect((await stages())![id('1')]).toEqual(['AWSPREVIOUS']);
  });

  test.each([
    ['AWSCURRENT', id('2'), undefined, 'InvalidParameterException', "It can't be completely removed."],
    ['AWSCURRENT', undefined, id('1'), 'InvalidParameterException', "RemoveFromVersionId can't be empty"],
    ['AWSCURRENT', id('1'), id('1'), 'InvalidParameterException', 'is not attached'],
    ['mine', undefined, id('9'), 'ResourceNotFoundException', 'VersionId'],
    ['', undefined, id('1'), 'InvalidParameterException', '1 to 256'],
  ])('refuses to move %s from %s to %s', async (stage, from, to, name, message) => {
    const before = await stages();
    await expect(move(stage, from, to)).rejects.toMatchObject({
      name,
      message: expect.stringContaining(message),
    });
    expect(await stages()).toEqual(before);
  });
});

describe('ListSecretVersionIds', () => {
  test('shows those with a stage, or all', async () => {
    await put('2', 'two');
    await put('3', 'three');
    const list = (more = {}) => secrets.send(new ListSecretVersionIdsCommand({ SecretId: 'a', ...more }));
    expect(await list()).toMatchObject({
      ARN,
      Name: 'a',
      Versions: [
        { VersionId: id('2'), VersionStages: ['AWSPREVIOUS'], KmsKeyIds: ['DefaultEncryptionKey'] },
        { VersionId: id('3'), VersionStages: ['AWSCURRENT'] },
      ],
    });
    const first = await list({ IncludeDeprecated: true, MaxResults: 2 });
    expect(first.Versions![0]).not.toHaveProperty('VersionStages');
    const rest = await list({ IncludeDeprecated: true, MaxResults: 2, NextToken: first.NextToken });
    expect(rest.Versions).toMatchObject([{ VersionId: id('3') }]);
    await expect(list({ NextToken: 'x' })).rejects.toMatchObject({ name: 'InvalidNextTokenException' });
  });
});

describe('BatchGetSecretValue', () => {
  const batch = (input: object) => secrets.send(new BatchGetSecretValueCommand(input));

  test('reads what it can, and tells what it cannot', async () => {
    const answer = await batch({ SecretIdList: ['a', 'none'] });
    expect(answer.SecretValues).toMatchObject([{ ARN, SecretString: 'one', VersionStages: ['AWSCURRENT'] }]);
    expect(answer.Errors).toEqual([
      {
        SecretId: 'none',
        ErrorCode: 'ResourceNotFoundException',
        Message: "Secrets Manager can't find the specified secret.",
      },
    ]);
  });

  test('goes by filters, in pages', async () => {
    await secrets.send(new CreateSecretCommand({ Name: 'ab', SecretString: 'two' }));
    const Filters = [{ Key: 'name', Values: ['a'] }];
    const first = await batch({ Filters, MaxResults: 1 });
    const rest = await batch({ Filters, MaxResults: 1, NextToken: first.NextToken });
    const values = [...first.SecretValues!, ...rest.SecretValues!].map(({ SecretString }) => SecretString);
    expect(new Set(values)).toEqual(new Set(['one', 'two']));
  });

  /** A client of a user with these statements. */
  async function userWith(...Statement: readonly object[]): Promise<SecretsManagerClient> {
    const iam = rig.clientOf(IAMClient);
    const UserName = 'ada';
    await iam.send(new CreateUserCommand({ UserName }));
    const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement });
    await iam.send(new PutUserPolicyCommand({ UserName, PolicyName: 'own', PolicyDocument }));
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }));
    const { AccessKeyId, SecretAccessKey } = AccessKey!;
    const key = { accessKeyId: AccessKeyId!, secretAccessKey: SecretAccessKey! };
    return sdkClientOf(SecretsManagerClient, rig.controlPlane.handle, key, { clock: rig.clock });
  }
  const allow = (Action: string, Resource = '*') => ({ Effect: 'Allow', Action, Resource });
  const read = (client: SecretsManagerClient, input: object) =>
    client.send(new BatchGetSecretValueCommand(input));
  const denied = (action: string) => ({
    name: 'AccessDeniedException',
    message: expect.stringContaining(`not authorized to perform: secretsmanager:${action} on`) as string,
  });

  test('shows only what GetSecretValue would show', async () => {
    await secrets.send(new CreateSecretCommand({ Name: 'ab', SecretString: 'two' }));
    const ada = await userWith(
      allow('secretsmanager:BatchGetSecretValue'),
      allow('secretsmanager:GetSecretValue', ARN),
    );
    expect((await read(ada, { SecretIdList: ['a'] })).SecretValues).toMatchObject([{ SecretString: 'one' }]);
    await expect(read(ada, { SecretIdList: ['a', 'ab'] })).rejects.toMatchObject(denied('GetSecretValue'));
    const Filters = [{ Key: 'name', Values: ['a'] }];
    await expect(read(ada, { Filters })).rejects.toMatchObject(denied('ListSecrets'));
  });

  test('goes by filters for those who may read all that is found', async () => {
    await secrets.send(new CreateSecretCommand({ Name: 'ab', SecretString: 'two' }));
    const ada = await userWith(
      allow('secretsmanager:BatchGetSecretValue'),
      allow('secretsmanager:ListSecrets'),
      allow('secretsmanager:GetSecretValue', ARN),
    );
    const named = (name: string) => ({ Filters: [{ Key: 'name', Values: [name] }] });
    await expect(read(ada, named('a'))).rejects.toMatchObject(denied('GetSecretValue'));
    expect((await read(ada, named('none'))).SecretValues).toEqual([]);
  });

  test.each([
    ['Allow', 'one'],
    ['Deny', undefined],
  ])("holds to a secret's own policy: %s", async (Effect, shown) => {
    const ada = await userWith(
      allow('secretsmanager:BatchGetSecretValue'),
      ...(Effect === 'Deny' ? [allow('secretsmanager:GetSecretValue')] : []),
    );
    const Principal = { AWS: 'arn:aws:iam::000000000000:user/ada' };
    const Statement = [{ Effect, Principal, Action: 'secretsmanager:GetSecretValue', Resource: '*' }];
    const ResourcePolicy = JSON.stringify({ Version: '2012-10-17', Statement });
    await secrets.send(new PutResourcePolicyCommand({ SecretId: 'a', ResourcePolicy }));
    const answer = read(ada, { SecretIdList: ['a'] });
    if (shown === undefined) await expect(answer).rejects.toMatchObject(denied('GetSecretValue'));
    else expect((await answer).SecretValues).toMatchObject([{ SecretString: shown }]);
  });

  test.each([
    {},
    { SecretIdList: [] },
    { SecretIdList: ['a'], Filters: [{ Key: 'name', Values: ['a'] }] },
    { SecretIdList: ['a'], MaxResults: 1 },
    { SecretIdList: Array.from({ length: 21 }, () => 'a') },
  ])('refuses %j', async (input) => {
    await expect(batch(input)).rejects.toMatchObject({ name: 'InvalidParameterException' });
  });
});

describe('GetRandomPassword', () => {
  const password = async (input: GetRandomPasswordCommandInput = {}) =>
    (await secrets.send(new GetRandomPasswordCommand(input))).RandomPassword!;

  test('has 32 characters of every type', async () => {
    const text = await password();
    expect(text).toHaveLength(32);
    for (const type of [/[a-z]/, /[A-Z]/, /[0-9]/, /[!-/:-@[-`{-~]/]) expect(text).toMatch(type);
    expect(await password()).not.toBe(text);
  });

  test('has what is asked for', async () => {
    const only = { ExcludeLowercase: true, ExcludeUppercase: true, ExcludePunctuation: true };
    expect(await password({ ...only, PasswordLength: 100 })).toMatch(/^[0-9]{100}$/);
    expect(await password({ ...only, ExcludeCharacters: '12345678', PasswordLength: 50 })).toMatch(
      /^[09]{50}$/,
    );
    expect(await password({ ...only, ExcludeNumbers: true, IncludeSpace: true, PasswordLength: 3 })).toBe(
      '   ',
    );
    for (let at = 0; at < 20; at++)
      expect(await password({ PasswordLength: 5, IncludeSpace: true })).toMatch(/ /);
    expect(await password({ PasswordLength: 1, RequireEachIncludedType: false })).toHaveLength(1);
  });

  test.each([
    { PasswordLength: 0 },
    { PasswordLength: 4097 },
    { PasswordLength: 3 },
    { ExcludeLowercase: true, ExcludeUppercase: true, ExcludePunctuation: true, ExcludeNumbers: true },
  ])('refuses %j', async (input) => {
    await expect(password(input)).rejects.toMatchObject({ name: 'InvalidParameterException' });
  });
});

test('what is not served says so', async () => {
  const sent = new ReplicateSecretToRegionsCommand({ SecretId: 'a', AddReplicaRegions: [{ Region: 'x' }] });
  await expect(secrets.send(sent)).rejects.toMatchObject({
    name: 'InvalidRequestException',
    message: 'Longshore does not support the operation ReplicateSecretToRegions.',
  });
});

describe('the value of a reference in a task definition', () => {
  const valueSeal = createValueSeal(new Uint8Array(32).fill(7), systemRandom);
  const read = (text: string) =>
    rig.controlPlane.store.view((tx) => secretReferenceValue(tx, { valueSeal }, parseSecretReference(text)!));
  const json = JSON.stringify({ user: 'me', port: 5432, nested: { a: 1 }, none: null, empty: '' });

  test('is the whole of it, or that of a JSON key, a stage, a version', async () => {
    await put('2', json);
    expect(read(ARN)).toBe(json);
    expect(read(ARN.slice(0, -7))).toBe(json);
    expect(read(`${ARN}:user::`)).toBe('me');
    expect(read(`${ARN}:port::`)).toBe('5432');
    expect(read(`${ARN}:nested::`)).toBe('{"a":1}');
    expect(read(`${ARN}:empty::`)).toBe('');
    expect(read(`${ARN}::AWSPREVIOUS:`)).toBe('one');
    expect(read(`${ARN}:::${id('1')}`)).toBe('one');
    expect(read(`${ARN}::AWSCURRENT:${id('2')}`)).toBe(json);
  });

  test('says what is wrong', async () => {
    await put('2', json);
    await put('3', '', { SecretString: undefined, SecretBinary: Buffer.from('x'), VersionStages: ['bytes'] });
    expect(() => read(`${ARN}:other::`)).toThrow('did not contain json key other');
    expect(() => read(`${ARN}:toString::`)).toThrow('did not contain json key toString');
    expect(() => read(`${ARN}:user:AWSPREVIOUS:`)).toThrow('is not a JSON object');
    expect(() => read(`${ARN}::X:`)).toThrow('staging label: X');
    expect(() => read(`${ARN}::AWSCURRENT:${id('1')}`)).toThrow('not associated');
    expect(() => read(`${ARN}::bytes:`)).toThrow('is binary');
    expect(() => read(ARN.replace('secret:a', 'secret:b'))).toThrow("can't find the specified secret");
  });

  test.each(['a', 'arn:aws:s3:::b', 'arn:aws:secretsmanager:us-east-1:000000000000:secret:a-AbCdEf:key'])(
    'is none of %s',
    (text) => expect(parseSecretReference(text)).toBeUndefined(),
  );
});
