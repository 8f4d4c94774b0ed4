import {
  CreateAliasCommand,
  CreateKeyCommand,
  DecryptCommand,
  DescribeKeyCommand,
  DisableKeyRotationCommand,
  EnableKeyRotationCommand,
  EncryptCommand,
  GenerateDataKeyCommand,
  GenerateDataKeyWithoutPlaintextCommand,
  GenerateRandomCommand,
  GetKeyRotationStatusCommand,
  KMSClient,
  ReEncryptCommand,
  ScheduleKeyDeletionCommand,
  DisableKeyCommand,
  SignCommand,
} from '@aws-sdk/client-kms';
import { beforeEach, describe, expect, test } from 'vitest';
import { EcsRig } from '../../../test-support/ecs-rig.ts';

const day = 24 * 3_600_000;
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

const Plaintext = Buffer.from('attack at dawn');
const encrypt = async (more = {}) =>
  (await kms.send(new EncryptCommand({ KeyId, Plaintext, ...more }))).CiphertextBlob!;
const decrypt = async (CiphertextBlob: Uint8Array, more = {}) =>
  kms.send(new DecryptCommand({ CiphertextBlob, ...more }));
const text = (bytes: Uint8Array | undefined) => Buffer.from(bytes!).toString();

describe('Encrypt', () => {
  test('encrypts differently each time, by any name of the key', async () => {
    await kms.send(new CreateAliasCommand({ AliasName: 'alias/a', TargetKeyId: KeyId }));
    const answer = await kms.send(new EncryptCommand({ KeyId: 'alias/a', Plaintext }));
    expect(answer).toMatchObject({ KeyId: Arn, EncryptionAlgorithm: 'SYMMETRIC_DEFAULT' });
    expect(text(answer.CiphertextBlob)).not.toContain('dawn');
    expect(answer.CiphertextBlob).not.toEqual(await encrypt());
    expect(text((await decrypt(answer.CiphertextBlob!)).Plaintext)).toBe('attack at dawn');
  });

  test.each([
    [{ Plaintext: Buffer.alloc(4097) }, 'ValidationException'],
    [{ Plaintext: Buffer.alloc(0) }, 'ValidationException'],
    [{ KeyId: 'alias/none' }, 'NotFoundException'],
    [{ EncryptionAlgorithm: 'RSAES_OAEP_SHA_256' }, 'UnsupportedOperationException'],
    [{ DryRun: true }, 'DryRunOperationException'],
  ])('refuses %j', async (more, name) => {
    await expect(encrypt(more)).rejects.toMatchObject({ name });
  });

  test('leaves the keys of services to them', async () => {
    await kms.send(new DescribeKeyCommand({ KeyId: 'alias/aws/ssm' }));
    await expect(encrypt({ KeyId: 'alias/aws/ssm' })).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringContaining('because no resource-based policy allows the kms:Encrypt action'),
    });
  });
});

describe('Decrypt', () => {
  test('asks for the same encryption context, in whatever order', async () => {
    const EncryptionContext = { a: '1', b: '2' };
    const ciphertext = await encrypt({ EncryptionContext });
    const answer = await decrypt(ciphertext, { EncryptionContext: { b: '2', a: '1' } });
    expect(answer).toMatchObject({ KeyId: Arn, KeyMaterialId: expect.stringMatching(/^[0-9a-f]{64}$/) });
    for (const other of [undefined, {}, { a: '1' }, { a: '2', b: '1' }, { ...EncryptionContext, c: '' }])
      await expect(decrypt(ciphertext, { EncryptionContext: other })).rejects.toMatchObject({
        name: 'InvalidCiphertextException',
      });
  });

  test('notices every changed byte', async () => {
    const ciphertext = await encrypt();
    for (const at of ciphertext.keys()) {
      const changed = Buffer.from(ciphertext);
      changed[at]! ^= 1;
      // Of a changed key id nobody knows the key.
      const name = expect.stringMatching(/^(InvalidCiphertext|AccessDenied)Exception$/);
      await expect(decrypt(changed)).rejects.toMatchObject({ name });
    }
  });

  test('refuses what is of another key than the one that is named', async () => {
    const other = await create();
    const ciphertext = await encrypt();
    await decrypt(ciphertext, { KeyId });
    await expect(decrypt(ciphertext, { KeyId: other.Arn })).rejects.toMatchObject({
      name: 'IncorrectKeyException',
    });
  });

  test('opens nothing in another region', async () => {
    const elsewhere = rig.clientOf(KMSClient, 'eu-west-1');
    await expect(
      elsewhere.send(new DecryptCommand({ CiphertextBlob: await encrypt() })),
    ).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });

  test.each([
    [Buffer.from('x'), {}, 'InvalidCiphertextException'],
    [Buffer.alloc(0), {}, 'ValidationException'],
    [Buffer.alloc(6145), {}, 'ValidationException'],
    [Buffer.from('x'), { Recipient: {} }, 'UnsupportedOperationException'],
  ])('refuses %j with %j', async (ciphertext, more, name) => {
    await expect(decrypt(ciphertext, more)).rejects.toMatchObject({ name });
  });
});

describe('ReEncrypt', () => {
  test('brings a ciphertext to another key and context', async () => {
    const other = await create();
    const CiphertextBlob = await encrypt({ EncryptionContext: { a: '1' } });
    const answer = await kms.send(
      new ReEncryptCommand({
        CiphertextBlob,
        SourceEncryptionContext: { a: '1' },
        DestinationKeyId: other.KeyId,
        DestinationEncryptionContext: { b: '2' },
      }),
    );
    expect(answer).toMatchObject({ SourceKeyId: Arn, KeyId: other.Arn });
    const opened = await decrypt(answer.CiphertextBlob!, { EncryptionContext: { b: '2' } });
    expect(text(opened.Plaintext)).toBe('attack at dawn');
  });

  test('refuses a wrong source key', async () => {
    const other = await create();
    const sent = new ReEncryptCommand({
      CiphertextBlob: await encrypt(),
      SourceKeyId: other.KeyId,
      DestinationKeyId: other.KeyId,
    });
    await expect(kms.send(sent)).rejects.toMatchObject({ name: 'IncorrectKeyException' });
  });
});

describe('GenerateDataKey', () => {
  test.each([
    [{ KeySpec: 'AES_256' as const }, 32],
    [{ KeySpec: 'AES_128' as const }, 16],
    [{ NumberOfBytes: 64 }, 64],
  ])('makes one of %j', async (input, length) => {
    const EncryptionContext = { app: 'shop' };
    const answer = await kms.send(new GenerateDataKeyCommand({ KeyId, EncryptionContext, ...input }));
    expect(answer.KeyId).toBe(Arn);
    expect(answer.Plaintext).toHaveLength(length);
    const opened = await decrypt(answer.CiphertextBlob!, { EncryptionContext });
    expect(opened.Plaintext).toEqual(answer.Plaintext);
  });

  test.each([
    {},
    { KeySpec: 'AES_256' as const, NumberOfBytes: 1 },
    { NumberOfBytes: 1025 },
    { NumberOfBytes: 0 },
  ])('refuses %j', async (input) => {
    await expect(kms.send(new GenerateDataKeyCommand({ KeyId, ...input }))).rejects.toMatchObject({
      name: 'ValidationException',
    });
  });
});

describe('GenerateDataKeyWithoutPlaintext', () => {
  test('shows the ciphertext alone', async () => {
    const answer = await kms.send(new GenerateDataKeyWithoutPlaintextCommand({ KeyId, KeySpec: 'AES_256' }));
    expect(answer).not.toHaveProperty('Plaintext');
    expect((await decrypt(answer.CiphertextBlob!)).Plaintext).toHaveLength(32);
  });

  test('refuses a disabled key', async () => {
    await kms.send(new DisableKeyCommand({ KeyId }));
    const sent = new GenerateDataKeyWithoutPlaintextCommand({ KeyId, KeySpec: 'AES_256' });
    await expect(kms.send(sent)).rejects.toMatchObject({ name: 'DisabledException' });
  });
});

describe('GenerateRandom', () => {
  test('gives so many bytes', async () => {
    const { Plaintext: bytes } = await kms.send(new GenerateRandomCommand({ NumberOfBytes: 1024 }));
    expect(bytes).toHaveLength(1024);
  });

  test.each([
    [{}, 'ValidationException'],
    [{ NumberOfBytes: 0 }, 'ValidationException'],
    [{ NumberOfBytes: 1025 }, 'ValidationException'],
    [{ NumberOfBytes: 1, CustomKeyStoreId: 'c' }, 'UnsupportedOperationException'],
  ])('refuses %j', async (input, name) => {
    await expect(kms.send(new GenerateRandomCommand(input))).rejects.toMatchObject({ name });
  });
});

const status = () => kms.send(new GetKeyRotationStatusCommand({ KeyId }));

describe('EnableKeyRotation', () => {
  test('gives the key a new material each period; what was encrypted before still opens', async () => {
    await kms.send(new EnableKeyRotationCommand({ KeyId, RotationPeriodInDays: 90 }));
    const before = await encrypt();
    const { KeyMaterialId: first } = await decrypt(before);
    // The machine's clock is set forward: that costs less than 91 days of its timers.
    rig.clock.setWall(91 * day);
    await rig.clock.advance(11 * 60_000);
    const after = await encrypt();
    const { KeyMaterialId: second } = await decrypt(after);
    expect(second).not.toBe(first);
    expect(await decrypt(before)).toMatchObject({ KeyMaterialId: first });
    const key = await kms.send(new DescribeKeyCommand({ KeyId }));
    expect(key.KeyMetadata!.CurrentKeyMaterialId).toBe(second);
  });

  test.each([89, 2561])('refuses a period of %d days', async (RotationPeriodInDays) => {
    await expect(
      kms.send(new EnableKeyRotationCommand({ KeyId, RotationPeriodInDays })),
    ).rejects.toMatchObject({ name: 'ValidationException' });
  });

  test('refuses a disabled key', async () => {
    await kms.send(new DisableKeyCommand({ KeyId }));
    await expect(kms.send(new EnableKeyRotationCommand({ KeyId }))).rejects.toMatchObject({
      name: 'DisabledException',
    });
  });
});

describe('GetKeyRotationStatus', () => {
  test('tells of the next rotation', async () => {
    expect(await status()).toMatchObject({ KeyRotationEnabled: false, KeyId: Arn });
    await kms.send(new EnableKeyRotationCommand({ KeyId }));
    const { NextRotationDate, ...rest } = await status();
    expect(rest).toMatchObject({ KeyRotationEnabled: true, RotationPeriodInDays: 365 });
    expect(NextRotationDate!.getTime()).toBe(rig.clock.now() + 365 * day);
    await kms.send(new ScheduleKeyDeletionCommand({ KeyId }));
    expect(await status()).toMatchObject({ KeyRotationEnabled: false });
  });

  test('knows no key that is not there', async () => {
    await expect(kms.send(new GetKeyRotationStatusCommand({ KeyId: 'x' }))).rejects.toMatchObject({
      name: 'NotFoundException',
    });
  });
});

describe('DisableKeyRotation', () => {
  test('ends it', async () => {
    await kms.send(new EnableKeyRotationCommand({ KeyId }));
    await kms.send(new DisableKeyRotationCommand({ KeyId }));
    expect(await status()).toMatchObject({ KeyRotationEnabled: false });
  });

  test('refuses a key that waits for its deletion', async () => {
    await kms.send(new ScheduleKeyDeletionCommand({ KeyId }));
    await expect(kms.send(new DisableKeyRotationCommand({ KeyId }))).rejects.toMatchObject({
      name: 'KMSInvalidStateException',
    });
  });
});

test('what is not served says so', async () => {
  const sent = new SignCommand({ KeyId, Message: Plaintext, SigningAlgorithm: 'RSASSA_PSS_SHA_256' });
  await expect(kms.send(sent)).rejects.toMatchObject({
    name: 'UnsupportedOperationException',
    message: 'Longshore does not support the operation Sign.',
  });
});
