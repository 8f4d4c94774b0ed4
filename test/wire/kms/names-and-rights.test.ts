import {
  CreateAliasCommand,
  CreateGrantCommand,
  CreateKeyCommand,
  DeleteAliasCommand,
  DescribeKeyCommand,
  GetKeyPolicyCommand,
  KMSClient,
  ListAliasesCommand,
  ListGrantsCommand,
  ListKeyPoliciesCommand,
  ListRetirableGrantsCommand,
  PutKeyPolicyCommand,
  RetireGrantCommand,
  RevokeGrantCommand,
  ScheduleKeyDeletionCommand,
  UpdateAliasCommand,
  type CreateGrantCommandInput,
} from '@aws-sdk/client-kms';
import { beforeEach, describe, expect, test } from 'vitest';
import { EcsRig } from '../../../test-support/ecs-rig.ts';

let rig: EcsRig;
let kms: KMSClient;
let KeyId: string;
let Arn: string;
const create = async () => (await kms.send(new CreateKeyCommand({}))).KeyMetadata!;
beforeEach(async () => {
  rig = await EcsRig.open();
  kms = rig.clientOf(KMSClient);
  const key = await create();
  KeyId = key.KeyId!;
  Arn = key.Arn!;
});

const alias = (AliasName: string, TargetKeyId = KeyId) =>
  kms.send(new CreateAliasCommand({ AliasName, TargetKeyId }));

describe('CreateAlias', () => {
  test('gives a key another name, once', async () => {
    await alias('alias/a');
    const { Aliases } = await kms.send(new ListAliasesCommand({}));
    expect(Aliases).toEqual([
      {
        AliasName: 'alias/a',
        AliasArn: 'arn:aws:kms:us-east-1:000000000000:alias/a',
        TargetKeyId: KeyId,
        CreationDate: expect.any(Date),
        LastUpdatedDate: expect.any(Date),
      },
    ]);
    await expect(alias('alias/a')).rejects.toMatchObject({
      name: 'AlreadyExistsException',
      message: 'An alias with the name arn:aws:kms:us-east-1:000000000000:alias/a already exists',
    });
  });

  test.each([
    ['a', 'InvalidAliasNameException'],
    ['alias/', 'ValidationException'],
    ['alias/a b', 'ValidationException'],
    [`alias/${'a'.repeat(251)}`, 'ValidationException'],
    ['alias/aws/ssm', 'NotAuthorizedException'],
  ])('refuses the name %s', async (name, error) => {
    await expect(alias(name)).rejects.toMatchObject({ name: error });
  });

  test('refuses a fifty-first name', async () => {
    for (let at = 0; at < 50; at++) await alias(`alias/${at}`);
    await expect(alias('alias/more')).rejects.toMatchObject({ name: 'LimitExceededException' });
  });

  test.each(['none', 'alias/a'])('refuses the target %s', async (target) => {
    await expect(alias('alias/b', target)).rejects.toMatchObject({ name: 'NotFoundException' });
  });

  test('refuses a key that waits for its deletion', async () => {
    await kms.send(new ScheduleKeyDeletionCommand({ KeyId }));
    await expect(alias('alias/a')).rejects.toMatchObject({ name: 'KMSInvalidStateException' });
  });
});

describe('UpdateAlias', () => {
  test('names another key', async () => {
    await alias('alias/a');
    const other = await create();
    await kms.send(new UpdateAliasCommand({ AliasName: 'alias/a', TargetKeyId: other.KeyId }));
    const { KeyMetadata } = await kms.send(new DescribeKeyCommand({ KeyId: 'alias/a' }));
    expect(KeyMetadata!.KeyId).toBe(other.KeyId);
  });

  test('refuses an alias that is not there', async () => {
    await expect(
      kms.send(new UpdateAliasCommand({ AliasName: 'alias/a', TargetKeyId: KeyId })),
    ).rejects.toMatchObject({ name: 'NotFoundException' });
  });
});

describe('DeleteAlias', () => {
  test('leaves the key', async () => {
    await alias('alias/a');
    await kms.send(new DeleteAliasCommand({ AliasName: 'alias/a' }));
    await kms.send(new DescribeKeyCommand({ KeyId }));
    await expect(kms.send(new DeleteAliasCommand({ AliasName: 'alias/a' }))).rejects.toMatchObject({
      name: 'NotFoundException',
      message: 'Alias arn:aws:kms:us-east-1:000000000000:alias/a is not found.',
    });
  });
});

describe('ListAliases', () => {
  test('shows those of one key, in pages', async () => {
    const other = await create();
    await alias('alias/c', other.KeyId);
    await alias('alias/a');
    await alias('alias/b');
    const first = await kms.send(new ListAliasesCommand({ KeyId, Limit: 1 }));
    const rest = await kms.send(new ListAliasesCommand({ KeyId, Limit: 1, Marker: first.NextMarker }));
    expect([first, rest].map(({ Aliases }) => Aliases![0]!.AliasName)).toEqual(['alias/a', 'alias/b']);
    expect(rest.Truncated).toBe(false);
  });

  test('refuses a marker of another list', async () => {
    await alias('alias/a');
    await alias('alias/b');
    const { NextMarker } = await kms.send(new ListAliasesCommand({ Limit: 1 }));
    await expect(kms.send(new ListGrantsCommand({ KeyId, Marker: NextMarker }))).rejects.toMatchObject({
      name: 'InvalidMarkerException',
    });
  });
});

const statement = { Effect: 'Allow', Principal: { AWS: '*' }, Action: 'kms:*', Resource: '*' };
const policy = (more: object = {}) =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ ...statement, ...more }] });

describe('PutKeyPolicy', () => {
  test('keeps the text as it is', async () => {
    await kms.send(new PutKeyPolicyCommand({ KeyId, Policy: policy(), PolicyName: 'default' }));
    expect((await kms.send(new GetKeyPolicyCommand({ KeyId }))).Policy).toBe(policy());
  });

  test.each([
    ['x', 'MalformedPolicyDocumentException'],
    ['[]', 'MalformedPolicyDocumentException'],
    ['{"Statement":[]}', 'MalformedPolicyDocumentException'],
    ['{"Statement":["x"]}', 'MalformedPolicyDocumentException'],
    [policy({ Effect: 'Maybe' }), 'MalformedPolicyDocumentException'],
    [policy({ Principal: undefined }), 'MalformedPolicyDocumentException'],
    [policy({ Action: undefined }), 'MalformedPolicyDocumentException'],
  ])('refuses %s', async (Policy, name) => {
    await expect(kms.send(new PutKeyPolicyCommand({ KeyId, Policy }))).rejects.toMatchObject({ name });
  });

  test('refuses another name than default', async () => {
    const sent = new PutKeyPolicyCommand({ KeyId, Policy: policy(), PolicyName: 'other' });
    await expect(kms.send(sent)).rejects.toMatchObject({ name: 'NotFoundException' });
  });
});

describe('GetKeyPolicy', () => {
  test('gives the account all rights unless told otherwise', async () => {
    const { Policy, PolicyName } = await kms.send(new GetKeyPolicyCommand({ KeyId }));
    expect(PolicyName).toBe('default');
    expect(JSON.parse(Policy!)).toMatchObject({
      Statement: [{ Principal: { AWS: 'arn:aws:iam::000000000000:root' }, Action: 'kms:*' }],
    });
  });

  test('refuses another name than default', async () => {
    await expect(kms.send(new GetKeyPolicyCommand({ KeyId, PolicyName: 'other' }))).rejects.toMatchObject({
      name: 'NotFoundException',
      message: 'No such policy exists',
    });
  });
});

describe('ListKeyPolicies', () => {
  test('names the only one', async () => {
    const answer = await kms.send(new ListKeyPoliciesCommand({ KeyId }));
    expect(answer).toMatchObject({ PolicyNames: ['default'], Truncated: false });
  });

  test('knows no key that is not there', async () => {
    await expect(kms.send(new ListKeyPoliciesCommand({ KeyId: 'x' }))).rejects.toMatchObject({
      name: 'NotFoundException',
    });
  });
});

const role = 'arn:aws:iam::000000000000:role/r';
const grant = (more: Partial<CreateGrantCommandInput> = {}) =>
  kms.send(new CreateGrantCommand({ KeyId, GranteePrincipal: role, Operations: ['Decrypt'], ...more }));
const grantsOf = async (more = {}) => (await kms.send(new ListGrantsCommand({ KeyId, ...more }))).Grants!;

describe('CreateGrant', () => {
  test('puts it on record; under the same name once', async () => {
    const Constraints = { EncryptionContextSubset: { app: 'shop' } };
    const { GrantId, GrantToken } = await grant({ Name: 'n', Constraints, RetiringPrincipal: role });
    expect(await grant({ Name: 'n', Constraints, RetiringPrincipal: role })).toMatchObject({ GrantId });
    expect(GrantToken).toEqual(expect.any(String));
    expect(await grantsOf()).toEqual([
      {
        KeyId: Arn,
        GrantId,
        Name: 'n',
        CreationDate: expect.any(Date),
        GranteePrincipal: role,
        RetiringPrincipal: role,
        IssuingAccount: 'arn:aws:iam::000000000000:root',
        Operations: ['Decrypt'],
        Constraints,
      },
    ]);
    await grant();
    expect(await grantsOf()).toHaveLength(2);
  });

  test.each([
    [{ GranteePrincipal: undefined }, 'ValidationException'],
    [{ GranteePrincipal: 'me' }, 'ValidationException'],
    [{ Operations: [] }, 'ValidationException'],
    [{ Operations: ['Sign' as const] }, 'ValidationException'],
    [{ Name: 'a b' }, 'ValidationException'],
    [{ KeyId: 'x' }, 'NotFoundException'],
    [{ DryRun: true }, 'DryRunOperationException'],
    [{ Constraints: { SourceArn: role } }, 'UnsupportedOperationException'],
  ])('refuses %j', async (more, name) => {
    await expect(grant(more)).rejects.toMatchObject({ name });
    expect(await grantsOf()).toEqual([]);
  });
});

describe('ListGrants', () => {
  test('finds by id and by principal, in pages', async () => {
    const { GrantId } = await grant();
    await grant({ GranteePrincipal: `${role}2` });
    expect(await grantsOf({ GrantId })).toMatchObject([{ GranteePrincipal: role }]);
    expect(await grantsOf({ GranteePrincipal: `${role}2` })).toHaveLength(1);
    const { NextMarker } = await kms.send(new ListGrantsCommand({ KeyId, Limit: 1 }));
    expect(await grantsOf({ Marker: NextMarker })).toHaveLength(1);
  });

  test('knows no key that is not there', async () => {
    await expect(grantsOf({ KeyId: 'x' })).rejects.toMatchObject({ name: 'NotFoundException' });
  });
});

describe('ListRetirableGrants', () => {
  test('finds the grants that a principal may retire', async () => {
    const { GrantId } = await grant({ RetiringPrincipal: role });
    await grant();
    const { Grants } = await kms.send(new ListRetirableGrantsCommand({ RetiringPrincipal: role }));
    expect(Grants).toMatchObject([{ GrantId }]);
  });
});

describe('RevokeGrant', () => {
  test('takes it back', async () => {
    const { GrantId } = await grant();
    await kms.send(new RevokeGrantCommand({ KeyId, GrantId }));
    expect(await grantsOf()).toEqual([]);
    await expect(kms.send(new RevokeGrantCommand({ KeyId, GrantId }))).rejects.toMatchObject({
      name: 'InvalidGrantIdException',
    });
  });
});

describe('RetireGrant', () => {
  test('goes by the token, or by key and id', async () => {
    const [one, other] = [await grant(), await grant()];
    await kms.send(new RetireGrantCommand({ GrantToken: one.GrantToken }));
    await kms.send(new RetireGrantCommand({ KeyId: Arn, GrantId: other.GrantId }));
    expect(await grantsOf()).toEqual([]);
  });

  test.each([
    [{}, 'ValidationException'],
    [{ GrantToken: 'x' }, 'InvalidGrantTokenException'],
  ])('refuses %j', async (input, name) => {
    await expect(kms.send(new RetireGrantCommand(input))).rejects.toMatchObject({ name });
  });

  test('refuses a grant of another key', async () => {
    const { GrantId } = await grant();
    const other = await create();
    await expect(kms.send(new RetireGrantCommand({ KeyId: other.Arn, GrantId }))).rejects.toMatchObject({
      name: 'InvalidGrantIdException',
    });
  });
});
