import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import {
  CreateKeyPairCommand,
  CreateLaunchTemplateCommand,
  CreateLaunchTemplateVersionCommand,
  DeleteKeyPairCommand,
  DeleteLaunchTemplateCommand,
  DeleteLaunchTemplateVersionsCommand,
  DescribeKeyPairsCommand,
  DescribeLaunchTemplatesCommand,
  DescribeLaunchTemplateVersionsCommand,
  ImportKeyPairCommand,
  ModifyLaunchTemplateCommand,
  type CreateLaunchTemplateCommandInput,
  type RequestLaunchTemplateData,
} from '@aws-sdk/client-ec2';
import { beforeEach, describe, expect, it } from 'vitest';
import { openSshPublicKey } from '../../../src/aws/ec2/state/key-pair/open-ssh.ts';
import { Ec2Rig, error, unknownId } from './ec2-rig.ts';

let rig: Ec2Rig;
beforeEach(async () => {
  rig = await Ec2Rig.open();
});

const data: RequestLaunchTemplateData = {
  ImageId: 'ami-0123456789abcdef0',
  InstanceType: 't3.small',
  UserData: Buffer.from('#!/bin/sh\n').toString('base64'),
  KeyName: 'host',
  SecurityGroupIds: ['sg-0123456789abcdef0'],
  IamInstanceProfile: { Arn: 'arn:aws:iam::000000000000:instance-profile/host' },
  Monitoring: { Enabled: true },
  MetadataOptions: { HttpTokens: 'required', HttpPutResponseHopLimit: 2 },
  BlockDeviceMappings: [
    { DeviceName: '/dev/xvda', Ebs: { VolumeSize: 30, VolumeType: 'gp3', Encrypted: true } },
  ],
  EbsOptimized: true,
  TagSpecifications: [{ ResourceType: 'instance', Tags: [{ Key: 'Name', Value: 'host' }] }],
};
const create = async (more: Partial<CreateLaunchTemplateCommandInput> = {}) =>
  (
    await rig.ec2.send(
      new CreateLaunchTemplateCommand({ LaunchTemplateName: 'host', LaunchTemplateData: data, ...more }),
    )
  ).LaunchTemplate!;
const byName = { LaunchTemplateName: 'host' };
const newVersion = async (more: object = {}) =>
  (
    await rig.ec2.send(
      new CreateLaunchTemplateVersionCommand({
        ...byName,
        LaunchTemplateData: { InstanceType: 'm5.large' },
        ...more,
      }),
    )
  ).LaunchTemplateVersion!;
const versions = async (input: object = {}) =>
  (await rig.ec2.send(new DescribeLaunchTemplateVersionsCommand({ ...byName, ...input })))
    .LaunchTemplateVersions!;
const numbers = async (input: object = {}) =>
  (await versions(input)).map(({ VersionNumber }) => VersionNumber);

describe('CreateLaunchTemplate', () => {
  it('keeps an instance type that is newer than the SDK', async () => {
    await create({ LaunchTemplateData: { InstanceType: 'm99.large' as 'm5.large' } });
    const [version] = await versions({ Versions: ['$Latest'] });
    expect(version!.LaunchTemplateData).toMatchObject({ InstanceType: 'm99.large' });
  });

  it('makes a template with its first version, once for a client token', async () => {
    const tags = {
      TagSpecifications: [{ ResourceType: 'launch-template' as const, Tags: [{ Key: 'a', Value: 'b' }] }],
    };
    const made = await create({ ClientToken: 'once', VersionDescription: 'the first', ...tags });
    expect(made).toMatchObject({
      LaunchTemplateId: expect.stringMatching(/^lt-[0-9a-f]{17}$/),
      LaunchTemplateName: 'host',
      DefaultVersionNumber: 1,
      LatestVersionNumber: 1,
      CreatedBy: expect.stringMatching(/^arn:aws:iam::000000000000:/),
      Tags: [{ Key: 'a', Value: 'b' }],
    });
    const again = await create({ ClientToken: 'once', VersionDescription: 'the first', ...tags });
    expect(again.LaunchTemplateId).toBe(made.LaunchTemplateId);
    const [version] = await versions({ Versions: ['$Latest'] });
    expect(version).toMatchObject({
      VersionNumber: 1,
      VersionDescription: 'the first',
      DefaultVersion: true,
    });
    expect(version!.LaunchTemplateData).toEqual({
      ...data,
      MetadataOptions: { State: 'applied', ...data.MetadataOptions },
    });
  });

  it.each([
    [{ LaunchTemplateName: 'a b' }, 'InvalidLaunchTemplateName.MalformedException'],
    [{ LaunchTemplateData: {} }, 'MissingParameter'],
    [{ LaunchTemplateData: { UserData: '#' } }, 'InvalidUserData.Malformed'],
    [{ LaunchTemplateData: { UserData: 'A'.repeat(24_000) } }, 'InvalidParameterValue'],
    [
      { LaunchTemplateData: { SecurityGroupIds: ['sg-1'], NetworkInterfaces: [{ DeviceIndex: 0 }] } },
      'InvalidParameterCombination',
    ],
  ])('refuses %j', async (more, name) => {
    await expect(create(more as never)).rejects.toMatchObject(error(name));
    await create();
    await expect(create()).rejects.toMatchObject(error('InvalidLaunchTemplateName.AlreadyExistsException'));
  });
});

describe('CreateLaunchTemplateVersion', () => {
  it('makes the next version, of another one where that is said', async () => {
    await create();
    const alone = await newVersion();
    expect(alone).toMatchObject({ VersionNumber: 2, DefaultVersion: false });
    expect(alone.LaunchTemplateData).toEqual({ InstanceType: 'm5.large' });
    const based = await newVersion({ SourceVersion: '1', ClientToken: 'once' });
    expect(based.LaunchTemplateData).toMatchObject({ InstanceType: 'm5.large', KeyName: 'host' });
    expect((await newVersion({ SourceVersion: '1', ClientToken: 'once' })).VersionNumber).toBe(3);
    await expect(newVersion({ SourceVersion: '9' })).rejects.toMatchObject(
      error('InvalidLaunchTemplateId.VersionNotFound'),
    );
    await expect(newVersion({ LaunchTemplateName: 'nothing' })).rejects.toMatchObject(
      error('InvalidLaunchTemplateName.NotFoundException'),
    );
    await expect(newVersion({ LaunchTemplateId: unknownId('lt') })).rejects.toMatchObject(
      error('InvalidParameterCombination'),
    );
  });
});

describe('DescribeLaunchTemplates', () => {
  it('finds templates by id, by name and by filters', async () => {
    const { LaunchTemplateId } = await create();
    await create({ LaunchTemplateName: 'other' });
    const found = async (input: object) =>
      (await rig.ec2.send(new DescribeLaunchTemplatesCommand(input))).LaunchTemplates!.map(
        (one) => one.LaunchTemplateId,
      );
    expect(await found({})).toHaveLength(2);
    expect(await found({ LaunchTemplateIds: [LaunchTemplateId] })).toEqual([LaunchTemplateId]);
    expect(await found({ LaunchTemplateNames: ['host'] })).toEqual([LaunchTemplateId]);
    expect(await found({ Filters: [{ Name: 'launch-template-name', Values: ['h*'] }] })).toEqual([
      LaunchTemplateId,
    ]);
    await expect(found({ LaunchTemplateIds: [unknownId('lt')] })).rejects.toMatchObject(
      error(
        'InvalidLaunchTemplateId.NotFound',
        'The specified launch template, with template ID lt-0123456789abcdef0, does not exist.',
      ),
    );
    await expect(found({ MaxResults: 201 })).rejects.toMatchObject(error('InvalidParameterValue'));
  });
});

describe('DescribeLaunchTemplateVersions', () => {
  it('gives versions newest first, by number, by name and by range', async () => {
    await create();
    for (let n = 0; n < 3; n++) await newVersion();
    expect(await numbers()).toEqual([4, 3, 2, 1]);
    expect(await numbers({ Versions: ['$Latest', '$Default', '2'] })).toEqual([4, 2, 1]);
    expect(await numbers({ MinVersion: '2', MaxVersion: '3' })).toEqual([3, 2]);
    expect(await numbers({ Filters: [{ Name: 'instance-type', Values: ['t3.*'] }] })).toEqual([1]);
    expect(await numbers({ LaunchTemplateName: undefined, Versions: ['$Latest'] })).toEqual([4]);
    await expect(versions({ Versions: ['9'] })).rejects.toMatchObject(
      error('InvalidLaunchTemplateId.VersionNotFound'),
    );
    await expect(versions({ LaunchTemplateName: undefined })).rejects.toMatchObject(
      error('MissingParameter'),
    );
  });
});

describe('ModifyLaunchTemplate', () => {
  it('says which version is the default', async () => {
    await create();
    await newVersion();
    const modify = async (DefaultVersion?: string) =>
      (
        await rig.ec2.send(
          new ModifyLaunchTemplateCommand({ ...byName, ...(DefaultVersion && { DefaultVersion }) }),
        )
      ).LaunchTemplate!;
    expect(await modify('2')).toMatchObject({ DefaultVersionNumber: 2 });
    expect(await numbers({ Versions: ['$Default'] })).toEqual([2]);
    await expect(modify('9')).rejects.toMatchObject(error('InvalidLaunchTemplateId.VersionNotFound'));
    await expect(modify()).rejects.toMatchObject(error('MissingParameter'));
  });
});

describe('DeleteLaunchTemplateVersions', () => {
  it('deletes versions but the default one, and gives no number twice', async () => {
    await create();
    await newVersion();
    await newVersion();
    const deleted = await rig.ec2.send(
      new DeleteLaunchTemplateVersionsCommand({ ...byName, Versions: ['3', '1', '9'] }),
    );
    expect(deleted.SuccessfullyDeletedLaunchTemplateVersions).toMatchObject([{ VersionNumber: 3 }]);
    expect(deleted.UnsuccessfullyDeletedLaunchTemplateVersions).toMatchObject([
      { VersionNumber: 1, ResponseError: { Code: 'unexpectedError' } },
      { VersionNumber: 9, ResponseError: { Code: 'launchTemplateVersionDoesNotExist' } },
    ]);
    expect(await numbers({ Versions: ['$Latest'] })).toEqual([2]);
    expect((await newVersion()).VersionNumber).toBe(4);
    await expect(
      rig.ec2.send(
        new DeleteLaunchTemplateVersionsCommand({ LaunchTemplateId: unknownId('lt'), Versions: ['1'] }),
      ),
    ).rejects.toMatchObject(error('InvalidLaunchTemplateId.NotFound'));
  });
});

describe('DeleteLaunchTemplate', () => {
  it('deletes a template with its versions', async () => {
    const { LaunchTemplateId } = await create();
    const remove = () => rig.ec2.send(new DeleteLaunchTemplateCommand({ LaunchTemplateId }));
    await remove();
    await expect(remove()).rejects.toMatchObject(error('InvalidLaunchTemplateId.NotFound'));
    await expect(versions()).rejects.toMatchObject(error('InvalidLaunchTemplateName.NotFoundException'));
    await expect(rig.ec2.send(new DeleteLaunchTemplateCommand({}))).rejects.toMatchObject(
      error('MissingParameter'),
    );
  });
});

const rsaLine = () => openSshPublicKey(generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey);
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const importKey = (KeyName: string, line: string) =>
  rig.ec2.send(new ImportKeyPairCommand({ KeyName, PublicKeyMaterial: bytes(line) }));

describe('ImportKeyPair', () => {
  it('takes RSA and Ed25519 keys of OpenSSH', async () => {
    expect(await importKey('rsa', `${rsaLine()} somebody@somewhere`)).toMatchObject({
      KeyName: 'rsa',
      KeyPairId: expect.stringMatching(/^key-[0-9a-f]{17}$/),
      KeyFingerprint: expect.stringMatching(/^([0-9a-f]{2}:){15}[0-9a-f]{2}$/),
    });
    const ed25519 = openSshPublicKey(generateKeyPairSync('ed25519').publicKey);
    expect((await importKey('ed25519', ed25519)).KeyFingerprint).toMatch(/^[A-Za-z0-9+/]{43}=$/);
    await expect(importKey('rsa', ed25519)).rejects.toMatchObject(
      error('InvalidKeyPair.Duplicate', "The keypair 'rsa' already exists."),
    );
  });

  it.each([
    '',
    'ssh-rsa',
    'ssh-rsa AAAA',
    'ecdsa-sha2-nistp256 AAAAE2VjZHNh',
    'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAAQA=',
  ])('refuses %j', async (line) => {
    await expect(importKey('k', line)).rejects.toMatchObject(
      error('InvalidKey.Format', 'Key is not in valid OpenSSH public key format'),
    );
  });

  it('refuses a name that is none', async () => {
    await expect(importKey(' k', rsaLine())).rejects.toMatchObject(error('InvalidParameterValue'));
  });
});

describe('CreateKeyPair', () => {
  const createKey = (more: object = {}) => rig.ec2.send(new CreateKeyPairCommand({ KeyName: 'k', ...more }));

  it('tells the private key once', async () => {
    const { KeyMaterial, KeyFingerprint } = await createKey();
    expect(KeyMaterial).toMatch(/^-----BEGIN RSA PRIVATE KEY-----\n/);
    expect(KeyFingerprint).toMatch(/^([0-9a-f]{2}:){19}[0-9a-f]{2}$/);
    const { KeyPairs } = await rig.ec2.send(new DescribeKeyPairsCommand({ IncludePublicKey: true }));
    expect(KeyPairs).toMatchObject([{ KeyName: 'k', KeyType: 'rsa', KeyFingerprint }]);
    expect(KeyPairs![0]!.PublicKey).toBe(openSshPublicKey(createPublicKey(KeyMaterial!)));
    await expect(createKey()).rejects.toMatchObject(error('InvalidKeyPair.Duplicate'));
  });

  it('makes Ed25519 keys in the form of OpenSSH', async () => {
    const { KeyMaterial } = await createKey({ KeyType: 'ed25519' });
    expect(KeyMaterial).toMatch(/^-----BEGIN OPENSSH PRIVATE KEY-----\n/);
  });

  it('refuses what it does not write', async () => {
    await expect(createKey({ KeyFormat: 'ppk' })).rejects.toMatchObject(error('UnsupportedOperation'));
    await expect(createKey({ KeyType: 'dsa' })).rejects.toMatchObject(error('InvalidParameterValue'));
    await expect(createKey({ KeyName: '' })).rejects.toMatchObject(error('InvalidParameterValue'));
    await expect(createKey({ DryRun: true })).rejects.toMatchObject(error('DryRunOperation'));
  });
});

describe('DescribeKeyPairs', () => {
  it('finds keys by name, by id and by filters', async () => {
    const { KeyPairId } = await importKey('k', rsaLine());
    const found = async (input: object) =>
      (await rig.ec2.send(new DescribeKeyPairsCommand(input))).KeyPairs!.map((key) => key.KeyName);
    expect(await found({ KeyNames: ['k'] })).toEqual(['k']);
    expect(await found({ KeyPairIds: [KeyPairId] })).toEqual(['k']);
    expect(await found({ Filters: [{ Name: 'key-name', Values: ['?'] }] })).toEqual(['k']);
    await expect(found({ KeyNames: ['x'] })).rejects.toMatchObject(
      error('InvalidKeyPair.NotFound', "The key pair 'x' does not exist"),
    );
    await expect(found({ KeyPairIds: [unknownId('key')] })).rejects.toMatchObject(
      error('InvalidKeyPair.NotFound'),
    );
  });
});

describe('DeleteKeyPair', () => {
  it('deletes a key; one that is not there is no error', async () => {
    const { KeyPairId } = await importKey('k', rsaLine());
    const remove = (input: object) => rig.ec2.send(new DeleteKeyPairCommand(input));
    expect(await remove({ KeyName: 'k' })).toMatchObject({ Return: true, KeyPairId });
    expect(await remove({ KeyPairId })).toMatchObject({ Return: true });
    await expect(remove({})).rejects.toMatchObject(error('MissingParameter'));
  });
});
