// Who may use a key, directly and through the services that keep values with it: policies of users and of the key together.
import {
  AttachUserPolicyCommand,
  CreateAccessKeyCommand,
  CreatePolicyCommand,
  CreateUserCommand,
  IAMClient,
} from '@aws-sdk/client-iam';
import {
  CreateAliasCommand,
  CreateKeyCommand,
  DecryptCommand,
  EncryptCommand,
  KMSClient,
  PutKeyPolicyCommand,
  TagResourceCommand,
} from '@aws-sdk/client-kms';
import {
  BatchGetSecretValueCommand,
  CreateSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
  UpdateSecretCommand,
} from '@aws-sdk/client-secrets-manager';
import {
  GetParameterCommand,
  GetParameterHistoryCommand,
  GetParametersByPathCommand,
  GetParametersCommand,
  PutParameterCommand,
  SSMClient,
} from '@aws-sdk/client-ssm';
import { beforeEach, describe, expect, test } from 'vitest';
import { EcsRig } from '../../../test-support/ecs-rig.ts';
import { sdkClientOf, type AnyClient, type ClientConfig } from '../../../test-support/sdk-client.ts';

let rig: EcsRig;
let kms: KMSClient;
let secrets: SecretsManagerClient;
let ssm: SSMClient;
let Arn: string;
let users: number;
beforeEach(async () => {
  rig = await EcsRig.open();
  kms = rig.clientOf(KMSClient);
  secrets = rig.clientOf(SecretsManagerClient);
  ssm = rig.clientOf(SSMClient);
  Arn = (await kms.send(new CreateKeyCommand({}))).KeyMetadata!.Arn!;
  await kms.send(new CreateAliasCommand({ AliasName: 'alias/shop', TargetKeyId: Arn }));
  users = 0;
});

type Statement = Readonly<Record<string, unknown>>;
const allow = (Action: string | string[], more: Statement = {}): Statement => ({
  Effect: 'Allow',
  Action,
  Resource: '*',
  ...more,
});
const document = (...Statement: Statement[]) => JSON.stringify({ Version: '2012-10-17', Statement });

type Clients = <Client extends AnyClient>(Client: new (config: ClientConfig) => Client) => Client;

/** A user who may do that alone. */
async function aUser(...statements: Statement[]): Promise<Clients> {
  const iam = rig.clientOf(IAMClient);
  const UserName = `user${users++}`;
  await iam.send(new CreateUserCommand({ UserName }));
  const policy = { PolicyName: UserName, PolicyDocument: document(...statements) };
  const { Policy } = await iam.send(new CreatePolicyCommand(policy));
  await iam.send(new AttachUserPolicyCommand({ UserName, PolicyArn: Policy!.Arn! }));
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }));
  const { AccessKeyId: accessKeyId = '', SecretAccessKey: secretAccessKey = '' } = AccessKey!;
  const { controlPlane, clock } = rig;
  return (Client) => sdkClientOf(Client, controlPlane.handle, { accessKeyId, secretAccessKey }, { clock });
}

const denied = (text: string) => ({ name: 'AccessDeniedException', message: expect.stringContaining(text) });
const plain = Buffer.from('plain');
const encrypt = async (EncryptionContext?: Record<string, string>, KeyId = Arn) =>
  (await kms.send(new EncryptCommand({ KeyId, Plaintext: plain, EncryptionContext }))).CiphertextBlob!;

describe('Decrypt', () => {
  test('is asked about the key of the ciphertext, where none is named', async () => {
    const other = (await kms.send(new CreateKeyCommand({}))).KeyMetadata!.Arn!;
    const client = (await aUser(allow('kms:Decrypt', { Resource: Arn })))(KMSClient);
    const decrypt = async (CiphertextBlob: Uint8Array) => client.send(new DecryptCommand({ CiphertextBlob }));
    expect(Buffer.from((await decrypt(await encrypt())).Plaintext!).toString()).toBe('plain');
    await expect(decrypt(await encrypt({}, other))).rejects.toMatchObject(
      denied(`kms:Decrypt on resource: ${other}`),
    );
    await expect(decrypt(Buffer.from('none'))).rejects.toMatchObject(denied('key/*'));
  });

  test.each<[string, Statement, Record<string, string> | undefined, string, boolean]>([
    ['a member of the context', { 'kms:EncryptionContext:App': 'shop' }, { App: 'shop' }, '', true],
    ['in any case of its name', { 'kms:encryptioncontext:app': 'shop' }, { App: 'shop' }, '', true],
    ['with another value', { 'kms:EncryptionContext:App': 'shop' }, { App: 'Shop' }, '', false],
    ['without it', { 'kms:EncryptionContext:App': 'shop' }, undefined, '', false],
    ['the keys of the context', { 'kms:EncryptionContextKeys': 'App' }, { App: 'x' }, '', true],
    ['other keys of the context', { 'kms:EncryptionContextKeys': 'App' }, { app: 'x' }, '', false],
    ['the alias in the request', { 'kms:RequestAlias': 'alias/shop' }, {}, 'alias/shop', true],
    [
      "the alias's ARN in the request",
      { 'kms:RequestAlias': 'alias/shop' },
      {},
      'arn:aws:kms:us-east-1:000000000000:alias/shop',
      true,
    ],
    ['no alias in the request', { 'kms:RequestAlias': 'alias/shop' }, {}, '', false],
    ['an alias of the key', { 'kms:ResourceAliases': 'alias/shop' }, {}, '', true],
    ['no alias of the key', { 'kms:ResourceAliases': 'alias/other' }, {}, '', false],
    ['the service that calls', { 'kms:ViaService': 'ssm.us-east-1.amazonaws.com' }, {}, '', false],
  ])('goes by %s: %j', async (_name, condition, context, KeyId, isAllowed) => {
    const operator = Object.keys(condition)[0]!.endsWith('s') && !('kms:RequestAlias' in condition);
    const Condition = { [operator ? 'ForAnyValue:StringEquals' : 'StringEquals']: condition };
    const client = (await aUser(allow('kms:Decrypt', { Condition })))(KMSClient);
    const sent = client.send(
      new DecryptCommand({
        CiphertextBlob: await encrypt(context),
        EncryptionContext: context,
        ...(KeyId !== '' && { KeyId }),
      }),
    );
    if (isAllowed) expect((await sent).KeyId).toBe(Arn);
    else await expect(sent).rejects.toMatchObject(denied('kms:Decrypt'));
  });
});

describe('PutKeyPolicy', () => {
  const name = 'arn:aws:iam::000000000000:user/user0';
  const root = 'arn:aws:iam::000000000000:root';
  const lockedOut = {
    name: 'MalformedPolicyDocumentException',
    message: 'The new key policy will not allow you to update the key policy in the future.',
  };
  const both = allow('kms:*', { Principal: { AWS: [root, name] } });

  test.each<[string, Statement[]]>([
    ['names others', [allow('kms:*', { Principal: { AWS: '111122223333' } })]],
    ['allows something else', [allow('kms:Encrypt', { Principal: { AWS: [root, name] } })]],
    ['denies it', [both, { ...allow('kms:Put*', { Principal: '*' }), Effect: 'Deny' }]],
    ['is on a condition', [{ ...both, Condition: { Bool: { 'aws:ViaAWSService': 'true' } } }]],
    ['is none that can be read', [allow('kms:*', { Principal: name })]],
  ])('refuses a policy that %s, unless told that it is meant so', async (_what, statements) => {
    const client = (await aUser(allow('kms:*')))(KMSClient);
    const Policy = document(...statements);
    for (const by of [client, kms]) {
      await expect(by.send(new PutKeyPolicyCommand({ KeyId: Arn, Policy }))).rejects.toMatchObject(lockedOut);
      await expect(by.send(new CreateKeyCommand({ Policy }))).rejects.toMatchObject(lockedOut);
    }
    await kms.send(new CreateKeyCommand({ Policy, BypassPolicyLockoutSafetyCheck: true }));
    await kms.send(new PutKeyPolicyCommand({ KeyId: Arn, Policy, BypassPolicyLockoutSafetyCheck: true }));
  });

  test('takes one that lets its caller change it, by the name of the user or of the account', async () => {
    const client = (await aUser(allow('kms:*')))(KMSClient);
    for (const AWS of [root, [root, name], '*', '000000000000'])
      await client.send(
        new PutKeyPolicyCommand({ KeyId: Arn, Policy: document(allow('kms:*', { Principal: { AWS } })) }),
      );
    const Policy = document(allow('kms:*', { Principal: { AWS: name } }));
    await client.send(new CreateKeyCommand({ Policy }));
    await expect(kms.send(new CreateKeyCommand({ Policy }))).rejects.toMatchObject(lockedOut);
  });
});

describe('the policy of a key', () => {
  const root = 'arn:aws:iam::000000000000:root';
  const put = (...statements: Statement[]) =>
    kms.send(
      new PutKeyPolicyCommand({
        KeyId: Arn,
        Policy: document(allow('kms:*', { Principal: { AWS: root } }), ...statements),
      }),
    );

  test('has to allow what the policies of a user allow', async () => {
    const client = (await aUser(allow('kms:*')))(KMSClient);
    const sent = () => client.send(new EncryptCommand({ KeyId: Arn, Plaintext: plain }));
    expect(await sent()).toMatchObject({ KeyId: Arn });
    const only = (name: string) =>
      kms.send(
        new PutKeyPolicyCommand({
          KeyId: Arn,
          BypassPolicyLockoutSafetyCheck: true,
          Policy: document(
            allow('kms:PutKeyPolicy', { Principal: { AWS: root } }),
            allow('kms:*', { Principal: { AWS: name } }),
          ),
        }),
      );
    await only('111122223333');
    await expect(sent()).rejects.toMatchObject(
      denied('no resource-based policy allows the kms:Encrypt action'),
    );
    await expect(kms.send(new EncryptCommand({ KeyId: Arn, Plaintext: plain }))).rejects.toMatchObject(
      denied('kms:Encrypt'),
    );
    await only('arn:aws:iam::000000000000:user/user0');
    expect(await sent()).toMatchObject({ KeyId: Arn });
  });

  test('denies, by the tags of the key too', async () => {
    await kms.send(new TagResourceCommand({ KeyId: Arn, Tags: [{ TagKey: 'env', TagValue: 'prod' }] }));
    const client = (await aUser(allow('kms:*')))(KMSClient);
    await put({
      ...allow('kms:Encrypt', {
        Principal: '*',
        Condition: { StringEquals: { 'aws:ResourceTag/env': 'prod' } },
      }),
      Effect: 'Deny',
    });
    await expect(client.send(new EncryptCommand({ KeyId: Arn, Plaintext: plain }))).rejects.toMatchObject(
      denied('explicit deny in a resource-based policy'),
    );
  });
});

const kmsRefused = { name: 'AccessDeniedException', message: 'Access to KMS is not allowed' };
const via = (service: string) => ({
  StringEquals: { 'kms:ViaService': `${service}.us-east-1.amazonaws.com` },
});

describe("secrets with a customer's key", () => {
  const get = (clients: Clients, SecretId = 's') =>
    clients(SecretsManagerClient).send(new GetSecretValueCommand({ SecretId }));
  beforeEach(async () => {
    await secrets.send(new CreateSecretCommand({ Name: 's', SecretString: 'value', KmsKeyId: 'alias/shop' }));
    await secrets.send(new CreateSecretCommand({ Name: 'plain', SecretString: 'value' }));
  });

  test('are read by whoever may decrypt with it', async () => {
    const reader = await aUser(allow('secretsmanager:*'));
    await expect(get(reader)).rejects.toMatchObject(kmsRefused);
    await expect(
      reader(SecretsManagerClient).send(new BatchGetSecretValueCommand({ SecretIdList: ['plain', 's'] })),
    ).rejects.toMatchObject(kmsRefused);
    expect((await get(reader, 'plain')).SecretString).toBe('value');
    const both = await aUser(allow('secretsmanager:*'), allow('kms:Decrypt', { Resource: Arn }));
    expect((await get(both)).SecretString).toBe('value');
  });

  test('tell the key what they are, and through which service', async () => {
    const arn = (await secrets.send(new GetSecretValueCommand({ SecretId: 's' }))).ARN!;
    const only = async (Condition: Statement) =>
      get(await aUser(allow('secretsmanager:*'), allow('kms:Decrypt', { Condition })));
    expect((await only(via('secretsmanager'))).SecretString).toBe('value');
    expect((await only({ StringEquals: { 'kms:EncryptionContext:SecretARN': arn } })).SecretString).toBe(
      'value',
    );
    expect((await only({ Bool: { 'aws:ViaAWSService': 'true' } })).SecretString).toBe('value');
    await expect(only(via('ssm'))).rejects.toMatchObject(kmsRefused);
  });

  test('are written by whoever may make data keys with it', async () => {
    const writer = await aUser(allow(['secretsmanager:*', 'kms:Decrypt']));
    const maker = await aUser(allow(['secretsmanager:*', 'kms:Decrypt', 'kms:GenerateDataKey']));
    const put = { SecretId: 's', SecretString: 'next' };
    const make = { SecretString: 'x', KmsKeyId: Arn };
    const move = { SecretId: 'plain', KmsKeyId: Arn };
    const calls: ((client: SecretsManagerClient, name: string) => Promise<unknown>)[] = [
      (client) => client.send(new PutSecretValueCommand(put)),
      (client) => client.send(new UpdateSecretCommand(put)),
      (client) => client.send(new UpdateSecretCommand(move)),
      (client, Name) => client.send(new CreateSecretCommand({ ...make, Name })),
    ];
    for (const [place, call] of calls.entries()) {
      await expect(call(writer(SecretsManagerClient), `w${place}`)).rejects.toMatchObject(kmsRefused);
      await call(maker(SecretsManagerClient), `m${place}`);
    }
    const describing = await aUser(allow('secretsmanager:*'));
    const description = { SecretId: 's', Description: 'only that' };
    expect(await describing(SecretsManagerClient).send(new UpdateSecretCommand(description))).toMatchObject({
      Name: 's',
    });
    const ofAws = { Name: 'of-aws', SecretString: 'x' };
    expect(await describing(SecretsManagerClient).send(new CreateSecretCommand(ofAws))).toMatchObject({
      Name: 'of-aws',
    });
  });
});

describe("SecureStrings with a customer's key", () => {
  const type = { Type: 'SecureString' as const };
  beforeEach(async () => {
    await ssm.send(new PutParameterCommand({ Name: '/a/own', Value: 'v', KeyId: 'alias/shop', ...type }));
    await ssm.send(new PutParameterCommand({ Name: '/a/aws', Value: 'v', ...type }));
    await ssm.send(new PutParameterCommand({ Name: '/a/text', Value: 'v', Type: 'String' }));
  });

  test('are decrypted by whoever may decrypt with it', async () => {
    const reader = (await aUser(allow('ssm:*')))(SSMClient);
    const both = (await aUser(allow('ssm:*'), allow('kms:Decrypt', { Condition: via('ssm') })))(SSMClient);
    const Name = '/a/own';
    const calls = (WithDecryption: boolean): ((client: SSMClient) => Promise<unknown>)[] => [
      (client) => client.send(new GetParameterCommand({ Name, WithDecryption })),
      (client) => client.send(new GetParametersCommand({ Names: ['/a/text', Name], WithDecryption })),
      (client) => client.send(new GetParametersByPathCommand({ Path: '/a', WithDecryption })),
      (client) => client.send(new GetParameterHistoryCommand({ Name, WithDecryption })),
    ];
    for (const call of calls(true)) {
      await expect(call(reader)).rejects.toMatchObject(denied(`kms:Decrypt on resource: ${Arn}`));
      await call(both);
    }
    for (const call of calls(false)) await call(reader);
    const aws = await reader.send(new GetParameterCommand({ Name: '/a/aws', WithDecryption: true }));
    expect(aws.Parameter!.Value).toBe('v');
  });

  test('are written by whoever may encrypt with it, or make data keys for the advanced tier', async () => {
    const put = (Tier: 'Standard' | 'Advanced', Overwrite: boolean) =>
      new PutParameterCommand({
        Name: `/b/${Tier}`,
        Value: 'v',
        Tier,
        ...type,
        ...(Overwrite ? { Overwrite } : { KeyId: Arn }),
      });
    const writer = (await aUser(allow('ssm:*')))(SSMClient);
    const encrypting = (await aUser(allow(['ssm:*', 'kms:Encrypt'])))(SSMClient);
    const making = (await aUser(allow(['ssm:*', 'kms:GenerateDataKey'])))(SSMClient);
    await expect(writer.send(put('Standard', false))).rejects.toMatchObject(denied('kms:Encrypt'));
    await expect(encrypting.send(put('Advanced', false))).rejects.toMatchObject(
      denied('kms:GenerateDataKey'),
    );
    await encrypting.send(put('Standard', false));
    await making.send(put('Advanced', false));
    await expect(writer.send(put('Standard', true))).rejects.toMatchObject(denied('kms:Encrypt'));
    expect(await encrypting.send(put('Standard', true))).toMatchObject({ Version: 2 });
    expect(await writer.send(new PutParameterCommand({ Name: '/b/aws', Value: 'v', ...type }))).toMatchObject(
      {
        Version: 1,
      },
    );
  });

  test('show nothing of a key that is not there', async () => {
    const client = (await aUser(allow(['ssm:*', 'secretsmanager:*'])))(SSMClient);
    const put = new PutParameterCommand({ Name: '/c', Value: 'v', KeyId: 'alias/none', ...type });
    await expect(client.send(put)).rejects.toMatchObject({ name: 'InvalidKeyId' });
    const read = new GetParameterCommand({ Name: '/none', WithDecryption: true });
    await expect(client.send(read)).rejects.toMatchObject({ name: 'ParameterNotFound' });
  });
});
