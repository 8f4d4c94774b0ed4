import {
  CancelKeyDeletionCommand,
  CreateAliasCommand,
  CreateGrantCommand,
  CreateKeyCommand,
  DescribeKeyCommand,
  DisableKeyCommand,
  EnableKeyCommand,
  EncryptCommand,
  KMSClient,
  ListAliasesCommand,
  ListKeysCommand,
  ListResourceTagsCommand,
  ScheduleKeyDeletionCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateKeyDescriptionCommand,
  DecryptCommand,
} from '@aws-sdk/client-kms';
import { beforeEach, describe, expect, test } from 'vitest';
import { EcsRig } from '../../../test-support/ecs-rig.ts';

const day = 24 * 3_600_000;
let rig: EcsRig;
let kms: KMSClient;
beforeEach(async () => {
  rig = await EcsRig.open();
  kms = rig.clientOf(KMSClient);
});

const create = async (input = {}) => (await kms.send(new CreateKeyCommand(input))).KeyMetadata!;
const describeKey = async (KeyId: string) => (await kms.send(new DescribeKeyCommand({ KeyId }))).KeyMetadata!;
const Plaintext = Buffer.from('x');

describe('CreateKey', () => {
  test('makes a symmetric key', async () => {
    const key = await create();
    expect(key).toEqual({
      KeyId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      Arn: `arn:aws:kms:us-east-1:000000000000:key/${key.KeyId}`,
      AWSAccountId: '000000000000',
      CreationDate: expect.any(Date),
      Description: '',
      Enabled: true,
      KeyState: 'Enabled',
      KeyManager: 'CUSTOMER',
      KeyUsage: 'ENCRYPT_DECRYPT',
      KeySpec: 'SYMMETRIC_DEFAULT',
      CustomerMasterKeySpec: 'SYMMETRIC_DEFAULT',
      EncryptionAlgorithms: ['SYMMETRIC_DEFAULT'],
      MultiRegion: false,
      Origin: 'AWS_KMS',
      CurrentKeyMaterialId: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });

  test.each([
    [{ KeySpec: 'RSA_2048' }, 'UnsupportedOperationException', 'keys of the spec RSA_2048'],
    [{ KeySpec: 'HMAC_256' }, 'UnsupportedOperationException', 'keys of the spec HMAC_256'],
    [{ CustomerMasterKeySpec: 'ECC_NIST_P256' }, 'UnsupportedOperationException', 'ECC_NIST_P256'],
    [{ KeyUsage: 'SIGN_VERIFY' }, 'ValidationException', 'KeyUsage SIGN_VERIFY is not compatible'],
    [{ Origin: 'EXTERNAL' }, 'UnsupportedOperationException', 'keys of the origin EXTERNAL'],
    [{ MultiRegion: true }, 'UnsupportedOperationException', 'multi-Region keys'],
    [{ CustomKeyStoreId: 'cks-1' }, 'UnsupportedOperationException', 'custom key stores'],
    [{ XksKeyId: 'x' }, 'UnsupportedOperationException', 'external key stores'],
    [{ KeySpec: 'RSA_2048', CustomerMasterKeySpec: 'RSA_3072' }, 'ValidationException', 'You cannot specify'],
    [{ KeySpec: 'AES' }, 'ValidationException', 'should be one of'],
    [{ Description: 'd'.repeat(8193) }, 'ValidationException', 'less than or equal to 8192'],
    [{ Policy: 'x' }, 'MalformedPolicyDocumentException', 'not valid JSON'],
    [{ Policy: '{}' }, 'MalformedPolicyDocumentException', 'no statement'],
    [{ Tags: [{ TagKey: 'aws:x', TagValue: '' }] }, 'TagException', "may not start with 'aws:'"],
    [{ Tags: [{ TagKey: '', TagValue: '' }] }, 'TagException', 'Keys have 1 to 128'],
    [{ Tags: [{ TagKey: 'a', TagValue: 'v'.repeat(257) }] }, 'TagException', "The value of tag 'a'"],
    [
      {
        Tags: [
          { TagKey: 'a', TagValue: '' },
          { TagKey: 'a', TagValue: '' },
        ],
      },
      'TagException',
      'Duplicate tag key',
    ],
  ])('refuses %j', async (input, name, message) => {
    await expect(create(input)).rejects.toMatchObject({ name, message: expect.stringContaining(message) });
    expect((await kms.send(new ListKeysCommand({}))).Keys).toEqual([]);
  });
});

describe('DescribeKey', () => {
  test('finds a key by id, ARN, alias and ARN of the alias', async () => {
    const { KeyId, Arn } = await create({ Description: 'd' });
    await kms.send(new CreateAliasCommand({ AliasName: 'alias/a', TargetKeyId: Arn! }));
    for (const name of [KeyId!, Arn!, 'alias/a', 'arn:aws:kms:us-east-1:000000000000:alias/a'])
      expect(await describeKey(name)).toMatchObject({ KeyId, Description: 'd' });
  });

  test('makes the key of a service that is asked for by its alias, once', async () => {
    const key = await describeKey('alias/aws/secretsmanager');
    expect(key).toMatchObject({
      KeyManager: 'AWS',
      Description: 'Default key that protects my Secrets Manager data when no other key is defined',
    });
    expect((await describeKey('alias/aws/secretsmanager')).KeyId).toBe(key.KeyId);
    const { Aliases } = await kms.send(new ListAliasesCommand({}));
    expect(Aliases).toMatchObject([{ AliasName: 'alias/aws/secretsmanager', TargetKeyId: key.KeyId }]);
  });

  const id = '01234567-89ab-cdef-0123-456789abcdef';
  test.each([
    ['nothing', "Invalid keyId 'nothing'"],
    [id, `Key 'arn:aws:kms:us-east-1:000000000000:key/${id}' does not exist`],
    ['alias/none', 'Alias arn:aws:kms:us-east-1:000000000000:alias/none is not found.'],
    ['alias/aws/none', 'Alias arn:aws:kms:us-east-1:000000000000:alias/aws/none is not found.'],
    [`arn:aws:kms:eu-west-1:000000000000:key/${id}`, 'Invalid arn eu-west-1'],
    ['arn:aws:s3:::b', 'Invalid arn arn:aws:s3:::b'],
    [`arn:aws:kms:us-east-1:111111111111:key/${id}`, 'does not exist'],
  ])('does not find %s', async (KeyId, message) => {
    await expect(describeKey(KeyId)).rejects.toMatchObject({
      name: 'NotFoundException',
      message: expect.stringContaining(message),
    });
  });
});

describe('ListKeys', () => {
  test('pages through them', async () => {
    const made = [await create(), await create(), await create()].map(({ KeyId }) => KeyId);
    const first = await kms.send(new ListKeysCommand({ Limit: 2 }));
    expect(first).toMatchObject({ Truncated: true, NextMarker: expect.any(String) });
    const second = await kms.send(new ListKeysCommand({ Limit: 2, Marker: first.NextMarker }));
    expect(second).toMatchObject({ Truncated: false });
    const seen = [...first.Keys!, ...second.Keys!].map(({ KeyId }) => KeyId);
    expect(new Set(seen)).toEqual(new Set(made));
  });

  test('shows those of the region', async () => {
    await create();
    expect((await rig.clientOf(KMSClient, 'eu-west-1').send(new ListKeysCommand({}))).Keys).toEqual([]);
  });

  test.each([
    [{ Marker: 'x' }, 'InvalidMarkerException'],
    [{ Limit: 0 }, 'ValidationException'],
    [{ Limit: 1001 }, 'ValidationException'],
  ])('refuses %j', async (input, name) => {
    await expect(kms.send(new ListKeysCommand(input))).rejects.toMatchObject({ name });
  });
});

describe('DisableKey', () => {
  test('takes a key out of use', async () => {
    const { KeyId, Arn } = await create();
    await kms.send(new DisableKeyCommand({ KeyId: KeyId! }));
    expect(await describeKey(KeyId!)).toMatchObject({ Enabled: false, KeyState: 'Disabled' });
    await expect(kms.send(new EncryptCommand({ KeyId, Plaintext }))).rejects.toMatchObject({
      name: 'DisabledException',
      message: `${Arn} is disabled.`,
    });
  });

  test('takes no alias', async () => {
    const { KeyId } = await create();
    await kms.send(new CreateAliasCommand({ AliasName: 'alias/a', TargetKeyId: KeyId! }));
    await expect(kms.send(new DisableKeyCommand({ KeyId: 'alias/a' }))).rejects.toMatchObject({
      name: 'NotFoundException',
      message: 'Invalid keyId alias/a',
    });
  });

  test('leaves the key of a service alone', async () => {
    const { KeyId } = await describeKey('alias/aws/ssm');
    await expect(kms.send(new DisableKeyCommand({ KeyId }))).rejects.toMatchObject({
      name: 'AccessDeniedException',
    });
  });
});

describe('EnableKey', () => {
  test('brings it back', async () => {
    const { KeyId } = await create();
    await kms.send(new DisableKeyCommand({ KeyId }));
    await kms.send(new EnableKeyCommand({ KeyId }));
    await kms.send(new EncryptCommand({ KeyId, Plaintext }));
    expect(await describeKey(KeyId!)).toMatchObject({ KeyState: 'Enabled' });
  });

  test('does not bring back one that waits for its deletion', async () => {
    const { KeyId } = await create();
    await kms.send(new ScheduleKeyDeletionCommand({ KeyId }));
    await expect(kms.send(new EnableKeyCommand({ KeyId }))).rejects.toMatchObject({
      name: 'KMSInvalidStateException',
    });
  });
});

describe('UpdateKeyDescription', () => {
  test('replaces it', async () => {
    const { KeyId } = await create({ Description: 'a' });
    await kms.send(new UpdateKeyDescriptionCommand({ KeyId, Description: 'b' }));
    expect(await describeKey(KeyId!)).toMatchObject({ Description: 'b' });
    await kms.send(new UpdateKeyDescriptionCommand({ KeyId, Description: '' }));
    expect(await describeKey(KeyId!)).toMatchObject({ Description: '' });
  });

  test('refuses one that is too long', async () => {
    const { KeyId } = await create();
    await expect(
      kms.send(new UpdateKeyDescriptionCommand({ KeyId, Description: 'd'.repeat(8193) })),
    ).rejects.toMatchObject({ name: 'ValidationException' });
  });
});

describe('ScheduleKeyDeletion', () => {
  test('deletes the key, its aliases and grants when the time comes', async () => {
    const { KeyId, Arn } = await create();
    await kms.send(new CreateAliasCommand({ AliasName: 'alias/a', TargetKeyId: KeyId! }));
    const GranteePrincipal = 'arn:aws:iam::000000000000:role/r';
    await kms.send(new CreateGrantCommand({ KeyId, GranteePrincipal, Operations: ['Decrypt'] }));
    const { CiphertextBlob } = await kms.send(new EncryptCommand({ KeyId, Plaintext }));
    const answer = await kms.send(new ScheduleKeyDeletionCommand({ KeyId, PendingWindowInDays: 7 }));
    expect(answer).toMatchObject({ KeyId: Arn, KeyState: 'PendingDeletion', PendingWindowInDays: 7 });
    expect(answer.DeletionDate!.getTime()).toBe(rig.clock.now() + 7 * day);
    expect(await describeKey(KeyId!)).toMatchObject({ KeyState: 'PendingDeletion', Enabled: false });
    await expect(kms.send(new DecryptCommand({ CiphertextBlob }))).rejects.toMatchObject({
      name: 'KMSInvalidStateException',
      message: `${Arn} is pending deletion.`,
    });
    await rig.clock.advance(7 * day - 1000);
    await describeKey(KeyId!);
    await rig.clock.advance(2000);
    await expect(describeKey(KeyId!)).rejects.toMatchObject({ name: 'NotFoundException' });
    expect((await kms.send(new ListAliasesCommand({}))).Aliases).toEqual([]);
    await expect(kms.send(new DecryptCommand({ CiphertextBlob }))).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringContaining('The ciphertext refers to a customer master key that does not exist'),
    });
  });

  test('waits thirty days unless told otherwise', async () => {
    const { KeyId } = await create();
    const { DeletionDate, PendingWindowInDays } = await kms.send(new ScheduleKeyDeletionCommand({ KeyId }));
    expect(PendingWindowInDays).toBe(30);
    expect(DeletionDate!.getTime()).toBe(rig.clock.now() + 30 * day);
  });

  test.each([6, 31])('refuses a wait of %d days', async (PendingWindowInDays) => {
    const { KeyId } = await create();
    const sent = kms.send(new ScheduleKeyDeletionCommand({ KeyId, PendingWindowInDays }));
    await expect(sent).rejects.toMatchObject({ name: 'ValidationException' });
  });

  test('refuses to begin a second time', async () => {
    const { KeyId } = await create();
    await kms.send(new ScheduleKeyDeletionCommand({ KeyId }));
    await expect(kms.send(new ScheduleKeyDeletionCommand({ KeyId }))).rejects.toMatchObject({
      name: 'KMSInvalidStateException',
    });
  });
});

describe('CancelKeyDeletion', () => {
  test('keeps the key, disabled', async () => {
    const { KeyId, Arn } = await create();
    await kms.send(new ScheduleKeyDeletionCommand({ KeyId, PendingWindowInDays: 7 }));
    expect(await kms.send(new CancelKeyDeletionCommand({ KeyId }))).toMatchObject({ KeyId: Arn });
    await rig.clock.advance(8 * day);
    const key = await describeKey(KeyId!);
    expect(key).toMatchObject({ KeyState: 'Disabled' });
    expect(key.DeletionDate).toBeUndefined();
  });

  test('refuses a key that is not to be deleted', async () => {
    const { KeyId, Arn } = await create();
    await expect(kms.send(new CancelKeyDeletionCommand({ KeyId }))).rejects.toMatchObject({
      name: 'KMSInvalidStateException',
      message: `${Arn} is not pending deletion.`,
    });
  });
});

const tagsOf = async (KeyId: string | undefined) =>
  (await kms.send(new ListResourceTagsCommand({ KeyId }))).Tags;

describe('TagResource', () => {
  test('adds and replaces', async () => {
    const { KeyId } = await create({ Tags: [{ TagKey: 'a', TagValue: '1' }] });
    const Tags = [
      { TagKey: 'a', TagValue: '2' },
      { TagKey: 'b', TagValue: '' },
    ];
    await kms.send(new TagResourceCommand({ KeyId, Tags }));
    expect(await tagsOf(KeyId)).toEqual(Tags);
  });

  test('refuses a fifty-first', async () => {
    const Tags = Array.from({ length: 50 }, (_, at) => ({ TagKey: `k${at}`, TagValue: '' }));
    const { KeyId } = await create({ Tags });
    const more = new TagResourceCommand({ KeyId, Tags: [{ TagKey: 'more', TagValue: '' }] });
    await expect(kms.send(more)).rejects.toMatchObject({ name: 'LimitExceededException' });
  });
});

describe('UntagResource', () => {
  test('takes tags off, and minds none that is not there', async () => {
    const { KeyId } = await create({ Tags: [{ TagKey: 'a', TagValue: '1' }] });
    await kms.send(new UntagResourceCommand({ KeyId, TagKeys: ['a', 'z'] }));
    expect(await tagsOf(KeyId)).toEqual([]);
  });

  test('refuses a key that waits for its deletion', async () => {
    const { KeyId } = await create();
    await kms.send(new ScheduleKeyDeletionCommand({ KeyId }));
    await expect(kms.send(new UntagResourceCommand({ KeyId, TagKeys: ['a'] }))).rejects.toMatchObject({
      name: 'KMSInvalidStateException',
    });
  });
});

describe('ListResourceTags', () => {
  test('pages through them', async () => {
    const { KeyId } = await create({
      Tags: ['c', 'a', 'b'].map((TagKey) => ({ TagKey, TagValue: '' })),
    });
    const first = await kms.send(new ListResourceTagsCommand({ KeyId, Limit: 2 }));
    const rest = await kms.send(new ListResourceTagsCommand({ KeyId, Limit: 2, Marker: first.NextMarker }));
    expect([first, rest].map(({ Tags }) => Tags!.map(({ TagKey }) => TagKey))).toEqual([['a', 'b'], ['c']]);
  });

  test('knows no tags of a key that is not there', async () => {
    await expect(tagsOf('x')).rejects.toMatchObject({ name: 'NotFoundException' });
  });
});
