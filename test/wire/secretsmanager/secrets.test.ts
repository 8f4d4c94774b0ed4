import {
  CancelRotateSecretCommand,
  CreateSecretCommand,
  DeleteResourcePolicyCommand,
  DeleteSecretCommand,
  DescribeSecretCommand,
  GetResourcePolicyCommand,
  GetSecretValueCommand,
  ListSecretsCommand,
  PutResourcePolicyCommand,
  RestoreSecretCommand,
  RotateSecretCommand,
  SecretsManagerClient,
  TagResourceCommand,
  UntagResourceCommand,
  ValidateResourcePolicyCommand,
  type CreateSecretCommandInput,
  type ListSecretsCommandInput,
} from '@aws-sdk/client-secrets-manager';
import { beforeEach, describe, expect, test } from 'vitest';
import { EcsRig } from '../../../test-support/ecs-rig.ts';

const day = 24 * 3_600_000;
let rig: EcsRig;
let secrets: SecretsManagerClient;
beforeEach(async () => {
  rig = await EcsRig.open();
  secrets = rig.clientOf(SecretsManagerClient);
});

const token = (digit: string) => digit.repeat(32);
const create = (Name: string, more: Partial<CreateSecretCommandInput> = {}) =>
  secrets.send(new CreateSecretCommand({ Name, SecretString: 'hush', ...more }));
const describeSecret = (SecretId: string) => secrets.send(new DescribeSecretCommand({ SecretId }));
const valueOf = async (SecretId: string) =>
  (await secrets.send(new GetSecretValueCommand({ SecretId }))).SecretString;

describe('CreateSecret', () => {
  test('makes a secret with its first version', async () => {
    const { ARN, Name, VersionId } = await create('app/db', {
      Description: 'd',
      ClientRequestToken: token('1'),
      Tags: [{ Key: 'team', Value: 'x' }],
    });
    expect([Name, VersionId]).toEqual(['app/db', token('1')]);
    expect(ARN).toMatch(/^arn:aws:secretsmanager:us-east-1:000000000000:secret:app\/db-[A-Za-z0-9]{6}$/);
    const { $metadata: _, ...shown } = await describeSecret('app/db');
    expect(shown).toEqual({
      ARN,
      Name: 'app/db',
      Description: 'd',
      CreatedDate: expect.any(Date),
      LastChangedDate: expect.any(Date),
      Tags: [{ Key: 'team', Value: 'x' }],
      VersionIdsToStages: { [token('1')]: ['AWSCURRENT'] },
    });
  });

  test('makes one without a value', async () => {
    expect(await create('a', { SecretString: undefined })).not.toHaveProperty('VersionId');
    await expect(valueOf('a')).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: "Secrets Manager can't find the specified secret value for staging label: AWSCURRENT",
    });
  });

  test('answers the same to the same call', async () => {
    for (const SecretString of ['hush', undefined]) {
      const name = `a${SecretString}`;
      const once = await create(name, { SecretString, ClientRequestToken: token('1') });
      const again = await create(name, { SecretString, ClientRequestToken: token('1') });
      expect([again.ARN, again.VersionId]).toEqual([once.ARN, once.VersionId]);
      for (const other of [{ SecretString: 'other', ClientRequestToken: token('1') }, {}])
        await expect(create(name, other)).rejects.toMatchObject({
          name: 'ResourceExistsException',
          message: `The operation failed because the secret ${name} already exists.`,
        });
    }
  });

  test.each([
    ['a b', {}, 'ValidationException', 'Invalid name.'],
    ['a'.repeat(513), {}, 'ValidationException', 'Invalid name.'],
    ['a', { SecretBinary: Buffer.from('x') }, 'InvalidParameterException', 'both a binary'],
    ['a', { SecretString: 's'.repeat(65_537) }, 'ValidationException', 'maximum of 65536 bytes'],
    ['a', { ClientRequestToken: 'short' }, 'InvalidParameterException', '32-64 characters'],
    ['a', { Description: 'd'.repeat(2049) }, 'InvalidParameterException', '2048'],
    ['a', { KmsKeyId: 'alias/none' }, 'EncryptionFailure', "can't encrypt the protected secret text"],
    ['a', { AddReplicaRegions: [{ Region: 'eu-west-1' }] }, 'InvalidRequestException', 'replicas of secrets'],
    ['a', { Type: 'x' }, 'InvalidRequestException', 'managed external secrets'],
    ['a', { Tags: [{ Key: 'aws:x', Value: '' }] }, 'InvalidParameterException', "may not start with 'aws:'"],
    ['a', { Tags: [{ Key: '', Value: '' }] }, 'InvalidParameterException', '1 to 128'],
    ['a', { Tags: [{ Key: 'k', Value: 'v'.repeat(257) }] }, 'InvalidParameterException', '256'],
  ])('refuses %s with %j', async (name, more, error, message) => {
    await expect(create(name, more)).rejects.toMatchObject({
      name: error,
      message: expect.stringContaining(message),
    });
    expect((await secrets.send(new ListSecretsCommand({}))).SecretList).toEqual([]);
  });

  test('tells nobody the value that it refuses', async () => {
    const SecretString = `hush${'s'.repeat(70_000)}`;
    await expect(create('a', { SecretString })).rejects.toMatchObject({
      message: expect.not.stringContaining('hush'),
    });
  });
});

describe('DescribeSecret', () => {
  test('finds a secret by its ARN, whole or without the six characters, in its own region', async () => {
    const { ARN } = await create('a');
    expect(await describeSecret(ARN!)).toMatchObject({ Name: 'a' });
    expect(await describeSecret(ARN!.slice(0, -7))).toMatchObject({ ARN });
    const elsewhere = ARN!.replace('us-east-1', 'eu-west-1');
    for (const id of [ARN!.slice(0, -1), elsewhere, 'none', 'arn:aws:s3:::a'])
      await expect(describeSecret(id)).rejects.toMatchObject({
        name: 'ResourceNotFoundException',
        message: "Secrets Manager can't find the specified secret.",
      });
  });
});

describe('DeleteSecret', () => {
  test('waits for the recovery window, and then leaves nothing', async () => {
    const { ARN } = await create('a');
    const answer = await secrets.send(new DeleteSecretCommand({ SecretId: 'a', RecoveryWindowInDays: 7 }));
    expect(answer).toMatchObject({ ARN, Name: 'a' });
    expect(answer.DeletionDate!.getTime()).toBe(rig.clock.now() + 7 * day);
    expect((await describeSecret('a')).DeletedDate).toEqual(expect.any(Date));
    const refusal = {
      name: 'InvalidRequestException',
      message: "You can't perform this operation on the secret because it was marked for deletion.",
    };
    await expect(valueOf('a')).rejects.toMatchObject(refusal);
    await expect(secrets.send(new DeleteSecretCommand({ SecretId: 'a' }))).rejects.toMatchObject(refusal);
    await expect(create('a')).rejects.toMatchObject({
      name: 'InvalidRequestException',
      message: expect.stringContaining('already scheduled for deletion'),
    });
    await rig.clock.advance(7 * day - 1000);
    await describeSecret('a');
    await rig.clock.advance(2000);
    await expect(describeSecret('a')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    const { ARN: again } = await create('a');
    expect(again).not.toBe(ARN);
  });

  test('deletes at once by force, also what is not there', async () => {
    await create('a');
    const force = { SecretId: 'a', ForceDeleteWithoutRecovery: true };
    await secrets.send(new DeleteSecretCommand(force));
    await expect(describeSecret('a')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    expect(await secrets.send(new DeleteSecretCommand(force))).toMatchObject({ Name: 'a' });
    await create('a');
  });

  test.each([
    [{ RecoveryWindowInDays: 6 }, 'between 7 and 30 days'],
    [{ RecoveryWindowInDays: 31 }, 'between 7 and 30 days'],
    [{ RecoveryWindowInDays: 7, ForceDeleteWithoutRecovery: true }, 'in conjunction with'],
  ])('refuses %j', async (more, message) => {
    await create('a');
    const sent = secrets.send(new DeleteSecretCommand({ SecretId: 'a', ...more }));
    await expect(sent).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: expect.stringContaining(message),
    });
  });
});

describe('RestoreSecret', () => {
  test('keeps the secret and its value', async () => {
    const { ARN } = await create('a');
    await secrets.send(new DeleteSecretCommand({ SecretId: 'a', RecoveryWindowInDays: 7 }));
    expect(await secrets.send(new RestoreSecretCommand({ SecretId: 'a' }))).toMatchObject({ ARN, Name: 'a' });
    await rig.clock.advance(8 * day);
    expect(await valueOf('a')).toBe('hush');
    expect(await describeSecret('a')).not.toHaveProperty('DeletedDate');
  });

  test('does not know a secret that is not there', async () => {
    await expect(secrets.send(new RestoreSecretCommand({ SecretId: 'a' }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });
});

const names = async (input: ListSecretsCommandInput = {}) =>
  (await secrets.send(new ListSecretsCommand(input))).SecretList!.map(({ Name }) => Name);

describe('ListSecrets', () => {
  beforeEach(async () => {
    await create('app/db', { Description: 'Main database', Tags: [{ Key: 'team', Value: 'red' }] });
    await rig.clock.advance(1000);
    await create('app/mail', { Description: 'Outgoing mail', Tags: [{ Key: 'Team', Value: 'blue' }] });
    await rig.clock.advance(1000);
    await create('other');
  });

  test('shows the newest first, or as it is asked', async () => {
    expect(await names()).toEqual(['other', 'app/mail', 'app/db']);
    expect(await names({ SortOrder: 'asc' })).toEqual(['app/db', 'app/mail', 'other']);
    expect(await names({ SortBy: 'name', SortOrder: 'asc' })).toEqual(['app/db', 'app/mail', 'other']);
    await valueOf('app/db');
    expect(await names({ SortBy: 'last-accessed-date' })).toHaveLength(3);
    expect((await names({ SortBy: 'last-accessed-date' }))[0]).toBe('app/db');
  });

  test('pages in that order', async () => {
    for (const SortOrder of ['asc', 'desc'] as const) {
      const seen: (string | undefined)[] = [];
      let NextToken: string | undefined;
      do {
        const page = await secrets.send(new ListSecretsCommand({ SortOrder, MaxResults: 1, NextToken }));
        seen.push(...page.SecretList!.map(({ Name }) => Name));
        NextToken = page.NextToken;
      } while (NextToken !== undefined);
      expect(seen).toEqual(await names({ SortOrder }));
    }
  });

  test.each([
    [{ Key: 'name' as const, Values: ['app'] }, ['app/mail', 'app/db']],
    [{ Key: 'name' as const, Values: ['App'] }, []],
    [{ Key: 'name' as const, Values: ['!app'] }, ['other']],
    [{ Key: 'name' as const, Values: ['oth', 'app/d'] }, ['other', 'app/db']],
    [{ Key: 'description' as const, Values: ['main'] }, ['app/db']],
    [{ Key: 'description' as const, Values: ['data'] }, ['app/db']],
    [{ Key: 'tag-key' as const, Values: ['team'] }, ['app/db']],
    [{ Key: 'tag-value' as const, Values: ['bl'] }, ['app/mail']],
    [{ Key: 'primary-region' as const, Values: ['us-'] }, ['other', 'app/mail', 'app/db']],
    [{ Key: 'owning-service' as const, Values: ['rds'] }, []],
    [{ Key: 'all' as const, Values: ['blue outgoing'] }, ['app/mail']],
  ])('finds by %j', async (filter, found) => {
    expect(await names({ Filters: [filter] })).toEqual(found);
  });

  test('shows what is to be deleted only where it is asked for', async () => {
    await secrets.send(new DeleteSecretCommand({ SecretId: 'other' }));
    expect(await names()).toEqual(['app/mail', 'app/db']);
    expect(await names({ IncludePlannedDeletion: true })).toContain('other');
  });

  test.each([
    [{ NextToken: 'x' }, 'InvalidNextTokenException'],
    [{ MaxResults: 101 }, 'ValidationException'],
    [{ MaxResults: 0 }, 'ValidationException'],
    [{ Filters: [{ Key: 'name' as const, Values: [] }] }, 'InvalidParameterException'],
    [{ Filters: [{ Values: ['x'] }] }, 'InvalidParameterException'],
    [
      { Filters: Array.from({ length: 11 }, () => ({ Key: 'name' as const, Values: ['a'] })) },
      'ValidationException',
    ],
  ])('refuses %j', async (input, name) => {
    await expect(names(input)).rejects.toMatchObject({ name });
  });
});

describe('TagResource', () => {
  test('adds and replaces', async () => {
    await create('a', { Tags: [{ Key: 'a', Value: '1' }] });
    const Tags = [
      { Key: 'a', Value: '2' },
      { Key: 'b', Value: '' },
    ];
    await secrets.send(new TagResourceCommand({ SecretId: 'a', Tags }));
    expect((await describeSecret('a')).Tags).toEqual(Tags);
  });

  test('refuses a fifty-first', async () => {
    await create('a', { Tags: Array.from({ length: 50 }, (_, at) => ({ Key: `k${at}`, Value: '' })) });
    const more = new TagResourceCommand({ SecretId: 'a', Tags: [{ Key: 'x', Value: '' }] });
    await expect(secrets.send(more)).rejects.toMatchObject({ name: 'LimitExceededException' });
  });
});

describe('UntagResource', () => {
  test('takes tags off, and minds none that is not there', async () => {
    await create('a', { Tags: [{ Key: 'a', Value: '1' }] });
    await secrets.send(new UntagResourceCommand({ SecretId: 'a', TagKeys: ['a', 'z'] }));
    expect((await describeSecret('a')).Tags).toEqual([]);
  });

  test('does not know a secret that is not there', async () => {
    const sent = secrets.send(new UntagResourceCommand({ SecretId: 'a', TagKeys: ['a'] }));
    await expect(sent).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });
});

const lambda = 'arn:aws:lambda:us-east-1:000000000000:function:rotate';

describe('RotateSecret', () => {
  test('is put on record, and rotates nothing', async () => {
    const { VersionId } = await create('a');
    const RotationRules = { AutomaticallyAfterDays: 30 };
    const sent = new RotateSecretCommand({
      SecretId: 'a',
      RotationLambdaARN: lambda,
      RotationRules,
      ClientRequestToken: token('2'),
    });
    expect(await secrets.send(sent)).toMatchObject({ Name: 'a', VersionId: token('2') });
    const secret = await describeSecret('a');
    expect(secret).toMatchObject({ RotationEnabled: true, RotationLambdaARN: lambda, RotationRules });
    expect(secret.VersionIdsToStages).toEqual({ [VersionId!]: ['AWSCURRENT'] });
  });

  test.each([
    [{}, 'InvalidRequestException'],
    [
      { RotationLambdaARN: lambda, RotationRules: { AutomaticallyAfterDays: 0 } },
      'InvalidParameterException',
    ],
    [
      { RotationLambdaARN: lambda, RotationRules: { ScheduleExpression: 'daily' } },
      'InvalidParameterException',
    ],
    [{ RotationLambdaARN: lambda, RotationRules: { Duration: 'x' } }, 'InvalidParameterException'],
    [
      {
        RotationLambdaARN: lambda,
        RotationRules: { AutomaticallyAfterDays: 1, ScheduleExpression: 'rate(1 days)' },
      },
      'InvalidParameterException',
    ],
    [{ ExternalSecretRotationRoleArn: 'arn' }, 'InvalidRequestException'],
  ])('refuses %j', async (more, name) => {
    await create('a');
    const sent = secrets.send(new RotateSecretCommand({ SecretId: 'a', ...more }));
    await expect(sent).rejects.toMatchObject({ name });
  });
});

describe('CancelRotateSecret', () => {
  test('keeps the function and turns rotation off', async () => {
    await create('a');
    await secrets.send(new RotateSecretCommand({ SecretId: 'a', RotationLambdaARN: lambda }));
    await secrets.send(new CancelRotateSecretCommand({ SecretId: 'a' }));
    expect(await describeSecret('a')).toMatchObject({ RotationEnabled: false, RotationLambdaARN: lambda });
  });

  test('does not know a secret that is not there', async () => {
    const sent = secrets.send(new CancelRotateSecretCommand({ SecretId: 'a' }));
    await expect(sent).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });
});

const statement = {
  Effect: 'Allow',
  Principal: { AWS: 'arn:aws:iam::000000000000:root' },
  Action: 'secretsmanager:*',
  Resource: '*',
};
const policy = (more: object = {}) =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ ...statement, ...more }] });
const putPolicy = (ResourcePolicy: string, more = {}) =>
  secrets.send(new PutResourcePolicyCommand({ SecretId: 'a', ResourcePolicy, ...more }));
const getPolicy = async () =>
  (await secrets.send(new GetResourcePolicyCommand({ SecretId: 'a' }))).ResourcePolicy;

describe('PutResourcePolicy', () => {
  beforeEach(() => create('a'));

  test('keeps the text as it is', async () => {
    await putPolicy(policy(), { BlockPublicPolicy: true });
    expect(await getPolicy()).toBe(policy());
  });

  test.each([
    ['x', {}, 'MalformedPolicyDocumentException'],
    ['null', {}, 'MalformedPolicyDocumentException'],
    ['{"Statement":[1]}', {}, 'MalformedPolicyDocumentException'],
    [policy({ Effect: 'allow' }), {}, 'MalformedPolicyDocumentException'],
    [policy({ Principal: undefined }), {}, 'MalformedPolicyDocumentException'],
    [policy({ Action: undefined }), {}, 'MalformedPolicyDocumentException'],
    ['x'.repeat(20_481), {}, 'MalformedPolicyDocumentException'],
    [policy({ Principal: '*' }), { BlockPublicPolicy: true }, 'PublicPolicyException'],
    [policy({ Principal: { AWS: ['*'] } }), { BlockPublicPolicy: true }, 'PublicPolicyException'],
  ])('refuses %s', async (text, more, name) => {
    await expect(putPolicy(text, more)).rejects.toMatchObject({ name });
    expect(await getPolicy()).toBeUndefined();
  });
});

describe('GetResourcePolicy', () => {
  test('has none until one is put', async () => {
    await create('a');
    expect(await getPolicy()).toBeUndefined();
  });

  test('does not know a secret that is not there', async () => {
    await expect(getPolicy()).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });
});

describe('DeleteResourcePolicy', () => {
  test('takes it away', async () => {
    await create('a');
    await putPolicy(policy());
    await secrets.send(new DeleteResourcePolicyCommand({ SecretId: 'a' }));
    expect(await getPolicy()).toBeUndefined();
  });

  test('does not know a secret that is not there', async () => {
    const sent = secrets.send(new DeleteResourcePolicyCommand({ SecretId: 'a' }));
    await expect(sent).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });
});

describe('ValidateResourcePolicy', () => {
  const validate = (ResourcePolicy: string, SecretId?: string) =>
    secrets.send(new ValidateResourcePolicyCommand({ ResourcePolicy, SecretId }));

  test('tells of a principal that is not there', async () => {
    const Principal = { AWS: 'arn:aws:iam::000000000000:role/r' };
    expect((await validate(policy({ Principal }))).ValidationErrors).toMatchObject([
      { ErrorMessage: 'This resource policy contains an unsupported principal.' },
    ]);
  });

  test('says what PutResourcePolicy would', async () => {
    expect(await validate(policy())).toMatchObject({ PolicyValidationPassed: true, ValidationErrors: [] });
    expect(await validate('x')).toMatchObject({ PolicyValidationPassed: false });
    expect((await validate(policy({ Principal: '*' }))).ValidationErrors).toMatchObject([
      { CheckName: 'PUBLIC_POLICY' },
    ]);
  });

  test('does not know a secret that is not there', async () => {
    await expect(validate(policy(), 'a')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });
});
