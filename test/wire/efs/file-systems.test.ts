import {
  CreateAccessPointCommand,
  CreateFileSystemCommand,
  CreateMountTargetCommand,
  CreateReplicationConfigurationCommand,
  DeleteAccessPointCommand,
  DeleteFileSystemCommand,
  DeleteFileSystemPolicyCommand,
  DeleteMountTargetCommand,
  DescribeAccessPointsCommand,
  DescribeBackupPolicyCommand,
  DescribeFileSystemPolicyCommand,
  DescribeFileSystemsCommand,
  DescribeLifecycleConfigurationCommand,
  DescribeMountTargetSecurityGroupsCommand,
  DescribeMountTargetsCommand,
  EFSClient,
  ListTagsForResourceCommand,
  ModifyMountTargetSecurityGroupsCommand,
  PutBackupPolicyCommand,
  PutFileSystemPolicyCommand,
  PutLifecycleConfigurationCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateFileSystemCommand,
  UpdateFileSystemProtectionCommand,
  type CreateAccessPointCommandInput,
  type CreateFileSystemCommandInput,
  type CreateMountTargetCommandInput,
} from '@aws-sdk/client-efs';
import { DescribeKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { beforeEach, describe, expect, test } from 'vitest';
import { EcsRig } from '../../../test-support/ecs-rig.ts';
import { FakeNetworks } from '../../../test-support/fake-networks.ts';

let rig: EcsRig;
let efs: EFSClient;
let networks: FakeNetworks;
/** Ids of file systems whose directories there are. */
let directories: Set<string>;
let broken: boolean;
beforeEach(async () => {
  networks = new FakeNetworks();
  directories = new Set();
  broken = false;
  rig = await EcsRig.open({
    networks,
    directories: {
      make: (id) => {
        if (broken) throw new Error('the disk is full');
        directories.add(id);
      },
      remove: (id) => directories.delete(id),
    },
  });
  efs = rig.clientOf(EFSClient);
});

/** A file system whose directory is there. */
async function create(input: CreateFileSystemCommandInput = {}): Promise<string> {
  const { FileSystemId } = await efs.send(new CreateFileSystemCommand(input));
  await rig.clock.advance(10);
  return FileSystemId!;
}
const describeAll = async (input = {}) =>
  (await efs.send(new DescribeFileSystemsCommand(input))).FileSystems!;
const none = 'fs-00000000000000000';

describe('CreateFileSystem', () => {
  test('makes a thousand in a Region', async () => {
    const make = () => efs.send(new CreateFileSystemCommand({}));
    for (let count = 0; count < 1000; count++) await make();
    await expect(make()).rejects.toMatchObject({
      name: 'FileSystemLimitExceeded',
      ErrorCode: 'FileSystemLimitExceeded',
    });
  });

  test('is creating until its directory is there', async () => {
    const Tags = [{ Key: 'Name', Value: 'shop' }];
    const { $metadata, ...made } = await efs.send(new CreateFileSystemCommand({ CreationToken: 't', Tags }));
    const id = made.FileSystemId!;
    expect($metadata.httpStatusCode).toBe(201);
    expect(made).toEqual({
      OwnerId: '000000000000',
      CreationToken: 't',
      FileSystemId: expect.stringMatching(/^fs-[0-9a-f]{17}$/),
      FileSystemArn: `arn:aws:elasticfilesystem:us-east-1:000000000000:file-system/${id}`,
      CreationTime: expect.any(Date),
      LifeCycleState: 'creating',
      Name: 'shop',
      NumberOfMountTargets: 0,
      SizeInBytes: { Value: 6144, ValueInIA: 0, ValueInStandard: 6144, ValueInArchive: 0 },
      PerformanceMode: 'generalPurpose',
      ThroughputMode: 'bursting',
      Encrypted: false,
      Tags,
      FileSystemProtection: { ReplicationOverwriteProtection: 'ENABLED' },
    });
    expect([...directories]).toEqual([]);
    await rig.clock.advance(10);
    expect([...directories]).toEqual([id]);
    expect(await describeAll()).toMatchObject([{ LifeCycleState: 'available' }]);
  });

  test('is not available while its directory cannot be made', async () => {
    broken = true;
    await create();
    expect(await describeAll()).toMatchObject([{ LifeCycleState: 'creating' }]);
    broken = false;
    await rig.clock.advance(10_000);
    expect(await describeAll()).toMatchObject([{ LifeCycleState: 'available' }]);
  });

  test('is not made twice for a token', async () => {
    const FileSystemId = await create({ CreationToken: 't' });
    await expect(create({ CreationToken: 't' })).rejects.toMatchObject({
      name: 'FileSystemAlreadyExists',
      ErrorCode: 'FileSystemAlreadyExists',
      FileSystemId,
      $metadata: { httpStatusCode: 409 },
    });
    expect(await describeAll()).toHaveLength(1);
  });

  test('names the key that it is encrypted with', async () => {
    await create({ Encrypted: true });
    const kms = rig.clientOf(KMSClient);
    const key = await kms.send(new DescribeKeyCommand({ KeyId: 'alias/aws/elasticfilesystem' }));
    expect(await describeAll()).toMatchObject([{ Encrypted: true, KmsKeyId: key.KeyMetadata!.Arn }]);
  });

  test.each<[CreateFileSystemCommandInput, string]>([
    [{ CreationToken: 't'.repeat(65) }, 'CreationToken has'],
    [{ KmsKeyId: 'alias/aws/elasticfilesystem' }, 'for encrypted file systems only'],
    [{ Encrypted: true, KmsKeyId: 'alias/none' }, 'is not found'],
    [{ ThroughputMode: 'provisioned' }, 'ProvisionedThroughputInMibps is required'],
    [{ ProvisionedThroughputInMibps: 5 }, 'for the throughput mode provisioned only'],
    [{ ThroughputMode: 'provisioned', ProvisionedThroughputInMibps: 4000 }, 'between 1 and 3414'],
    [{ PerformanceMode: 'maxIO', ThroughputMode: 'elastic' }, 'maxIO'],
    [{ PerformanceMode: 'fast' as 'maxIO' }, 'should be one of'],
    [{ Tags: [{ Key: 'aws:x', Value: '' }] }, "may not start with 'aws:'"],
    [{ Tags: Array.from({ length: 51 }, (_, at) => ({ Key: `k${at}`, Value: '' })) }, 'maximum of 50'],
  ])('refuses %j', async (input, message) => {
    await expect(create(input)).rejects.toMatchObject({
      name: 'BadRequest',
      message: expect.stringContaining(message),
    });
    expect(await describeAll()).toEqual([]);
  });
});

describe('DescribeFileSystems', () => {
  test('finds by id, ARN and token, and pages', async () => {
    const ids = [await create({ CreationToken: 'a' }), await create(), await create()];
    const arn = `arn:aws:elasticfilesystem:us-east-1:000000000000:file-system/${ids[0]}`;
    for (const input of [{ FileSystemId: ids[0] }, { FileSystemId: arn }, { CreationToken: 'a' }])
      expect(await describeAll(input)).toMatchObject([{ FileSystemId: ids[0] }]);
    expect(await describeAll({ CreationToken: 'none' })).toEqual([]);
    const first = await efs.send(new DescribeFileSystemsCommand({ MaxItems: 2 }));
    const rest = await describeAll({ MaxItems: 2, Marker: first.NextMarker });
    const seen = [...first.FileSystems!, ...rest].map(({ FileSystemId }) => FileSystemId);
    expect(new Set(seen)).toEqual(new Set(ids));
  });

  test.each([
    [{ FileSystemId: none }, 'FileSystemNotFound', 404],
    [{ FileSystemId: none, CreationToken: 'a' }, 'BadRequest', 400],
    [{ Marker: 'x' }, 'BadRequest', 400],
    [{ MaxItems: 0 }, 'ValidationException', 400],
  ])('refuses %j', async (input, name, httpStatusCode) => {
    await expect(describeAll(input)).rejects.toMatchObject({ name, $metadata: { httpStatusCode } });
  });

  test('shows those of the region', async () => {
    const FileSystemId = await create();
    const elsewhere = rig.clientOf(EFSClient, 'eu-west-1');
    await expect(elsewhere.send(new DescribeFileSystemsCommand({ FileSystemId }))).rejects.toMatchObject({
      name: 'FileSystemNotFound',
    });
  });
});

describe('UpdateFileSystem', () => {
  test('changes the throughput', async () => {
    const FileSystemId = await create();
    const provisioned = { ThroughputMode: 'provisioned' as const, ProvisionedThroughputInMibps: 2.5 };
    const answer = await efs.send(new UpdateFileSystemCommand({ FileSystemId, ...provisioned }));
    expect(answer).toMatchObject(provisioned);
    await efs.send(new UpdateFileSystemCommand({ FileSystemId, ThroughputMode: 'elastic' }));
    const [shown] = await describeAll();
    expect(shown).toMatchObject({ ThroughputMode: 'elastic' });
    expect(shown).not.toHaveProperty('ProvisionedThroughputInMibps');
  });

  test('refuses a file system that is being deleted', async () => {
    const FileSystemId = await create();
    await efs.send(new DeleteFileSystemCommand({ FileSystemId }));
    const sent = efs.send(new UpdateFileSystemCommand({ FileSystemId, ThroughputMode: 'elastic' }));
    await expect(sent).rejects.toMatchObject({ name: 'IncorrectFileSystemLifeCycleState' });
  });
});

describe('UpdateFileSystemProtection', () => {
  test('is kept', async () => {
    const FileSystemId = await create();
    const off = new UpdateFileSystemProtectionCommand({
      FileSystemId,
      ReplicationOverwriteProtection: 'DISABLED',
    });
    expect(await efs.send(off)).toMatchObject({ ReplicationOverwriteProtection: 'DISABLED' });
    const shown = { FileSystemProtection: { ReplicationOverwriteProtection: 'DISABLED' } };
    expect(await describeAll()).toMatchObject([shown]);
    const other = new UpdateFileSystemProtectionCommand({
      FileSystemId,
      ReplicationOverwriteProtection: 'REPLICATING',
    });
    await expect(efs.send(other)).rejects.toMatchObject({ name: 'BadRequest' });
  });
});

describe('DeleteFileSystem', () => {
  test('removes the directory and the access points', async () => {
    const FileSystemId = await create();
    await efs.send(new CreateAccessPointCommand({ FileSystemId }));
    await efs.send(new DeleteFileSystemCommand({ FileSystemId }));
    await rig.clock.advance(10);
    expect([...directories]).toEqual([]);
    expect(await describeAll()).toEqual([]);
    expect((await efs.send(new DescribeAccessPointsCommand({}))).AccessPoints).toEqual([]);
    await expect(efs.send(new DeleteFileSystemCommand({ FileSystemId }))).rejects.toMatchObject({
      name: 'FileSystemNotFound',
      message: `File system '${FileSystemId}' does not exist.`,
    });
  });

  test('refuses one that has mount targets', async () => {
    const FileSystemId = await create();
    await efs.send(new CreateMountTargetCommand({ FileSystemId, SubnetId: 'subnet-a' }));
    await expect(efs.send(new DeleteFileSystemCommand({ FileSystemId }))).rejects.toMatchObject({
      name: 'FileSystemInUse',
      $metadata: { httpStatusCode: 409 },
    });
    expect([...directories]).toEqual([FileSystemId]);
  });
});

describe('PutLifecycleConfiguration', () => {
  test('keeps the policies as they are, and none', async () => {
    const FileSystemId = await create();
    const policies = () => efs.send(new DescribeLifecycleConfigurationCommand({ FileSystemId }));
    expect(await policies()).toMatchObject({ LifecyclePolicies: [] });
    const LifecyclePolicies = [
      { TransitionToIA: 'AFTER_30_DAYS' as const },
      { TransitionToPrimaryStorageClass: 'AFTER_1_ACCESS' as const },
    ];
    await efs.send(new PutLifecycleConfigurationCommand({ FileSystemId, LifecyclePolicies }));
    expect(await policies()).toMatchObject({ LifecyclePolicies });
    await efs.send(new PutLifecycleConfigurationCommand({ FileSystemId, LifecyclePolicies: [] }));
    expect(await policies()).toMatchObject({ LifecyclePolicies: [] });
  });

  test.each([
    [[{ TransitionToIA: 'AFTER_30_DAYS' as const, TransitionToArchive: 'AFTER_90_DAYS' as const }]],
    [[{ TransitionToIA: 'AFTER_30_DAYS' as const }, { TransitionToIA: 'AFTER_7_DAYS' as const }]],
    [[{ TransitionToIA: 'AFTER_2_DAYS' as 'AFTER_1_DAY' }]],
  ])('refuses %j', async (LifecyclePolicies) => {
    const FileSystemId = await create();
    const sent = efs.send(new PutLifecycleConfigurationCommand({ FileSystemId, LifecyclePolicies }));
    await expect(sent).rejects.toMatchObject({ name: 'BadRequest' });
  });
});

describe('DescribeLifecycleConfiguration', () => {
  test('knows no file system that is not there', async () => {
    const sent = efs.send(new DescribeLifecycleConfigurationCommand({ FileSystemId: none }));
    await expect(sent).rejects.toMatchObject({ name: 'FileSystemNotFound' });
  });
});

const statement = { Effect: 'Allow', Principal: { AWS: '*' }, Action: 'elasticfilesystem:ClientMount' };
const policy = (more: object = {}) =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ ...statement, ...more }] });
const policyOf = (FileSystemId: string) => efs.send(new DescribeFileSystemPolicyCommand({ FileSystemId }));

describe('PutFileSystemPolicy', () => {
  test('keeps the text as it is', async () => {
    const FileSystemId = await create();
    await efs.send(new PutFileSystemPolicyCommand({ FileSystemId, Policy: policy() }));
    expect(await policyOf(FileSystemId)).toMatchObject({ FileSystemId, Policy: policy() });
  });

  test.each(['x', 'null', '{"Statement":[]}', policy({ Effect: 'x' }), policy({ Principal: undefined })])(
    'refuses %s',
    async (Policy) => {
      const FileSystemId = await create();
      const sent = efs.send(new PutFileSystemPolicyCommand({ FileSystemId, Policy }));
      await expect(sent).rejects.toMatchObject({ name: 'InvalidPolicyException' });
    },
  );
});

describe('DescribeFileSystemPolicy', () => {
  test('says where there is none', async () => {
    await expect(policyOf(await create())).rejects.toMatchObject({
      name: 'PolicyNotFound',
      $metadata: { httpStatusCode: 404 },
    });
  });
});

describe('DeleteFileSystemPolicy', () => {
  test('takes it away', async () => {
    const FileSystemId = await create();
    await efs.send(new PutFileSystemPolicyCommand({ FileSystemId, Policy: policy() }));
    await efs.send(new DeleteFileSystemPolicyCommand({ FileSystemId }));
    await expect(policyOf(FileSystemId)).rejects.toMatchObject({ name: 'PolicyNotFound' });
  });
});

describe('PutBackupPolicy', () => {
  const put = (FileSystemId: string, Status: 'ENABLED' | 'ENABLING') =>
    efs.send(new PutBackupPolicyCommand({ FileSystemId, BackupPolicy: { Status } }));

  test('is kept', async () => {
    const FileSystemId = await create();
    const backup = () => efs.send(new DescribeBackupPolicyCommand({ FileSystemId }));
    expect(await backup()).toMatchObject({ BackupPolicy: { Status: 'DISABLED' } });
    await put(FileSystemId, 'ENABLED');
    expect(await backup()).toMatchObject({ BackupPolicy: { Status: 'ENABLED' } });
    await expect(put(FileSystemId, 'ENABLING')).rejects.toMatchObject({ name: 'ValidationException' });
  });
});

describe('DescribeBackupPolicy', () => {
  test('knows no file system that is not there', async () => {
    const sent = efs.send(new DescribeBackupPolicyCommand({ FileSystemId: none }));
    await expect(sent).rejects.toMatchObject({ name: 'FileSystemNotFound' });
  });
});

const accessPoint = async (
  input: Omit<CreateAccessPointCommandInput, 'ClientToken'> & { ClientToken?: string },
) => efs.send(new CreateAccessPointCommand(input as CreateAccessPointCommandInput));

describe('CreateAccessPoint', () => {
  test('keeps user and directory', async () => {
    const FileSystemId = await create();
    const PosixUser = { Uid: 1000, Gid: 4_294_967_295, SecondaryGids: [1, 2] };
    const RootDirectory = {
      Path: '/shop/data',
      CreationInfo: { OwnerUid: 1000, OwnerGid: 1000, Permissions: '0755' },
    };
    const input = { FileSystemId, ClientToken: 't', PosixUser, RootDirectory };
    const { $metadata: _, ...made } = await accessPoint({ ...input, Tags: [{ Key: 'Name', Value: 'n' }] });
    expect(made).toEqual({
      ...input,
      Name: 'n',
      Tags: [{ Key: 'Name', Value: 'n' }],
      AccessPointId: expect.stringMatching(/^fsap-[0-9a-f]{17}$/),
      AccessPointArn: `arn:aws:elasticfilesystem:us-east-1:000000000000:access-point/${made.AccessPointId}`,
      OwnerId: '000000000000',
      LifeCycleState: 'available',
    });
    await expect(accessPoint(input)).rejects.toMatchObject({
      name: 'AccessPointAlreadyExists',
      AccessPointId: made.AccessPointId,
    });
    expect(await accessPoint({ FileSystemId })).toMatchObject({ RootDirectory: { Path: '/' } });
  });

  test.each([
    [{ FileSystemId: none }, 'FileSystemNotFound'],
    [{ ClientToken: 't'.repeat(65) }, 'BadRequest'],
    [{ PosixUser: { Uid: -1, Gid: 0 } }, 'BadRequest'],
    [{ PosixUser: { Uid: 0, Gid: 0, SecondaryGids: Array.from({ length: 17 }, () => 1) } }, 'BadRequest'],
    [{ RootDirectory: { Path: 'shop' } }, 'BadRequest'],
    [{ RootDirectory: { Path: '/a/b/c/d/e' } }, 'BadRequest'],
    [{ RootDirectory: { Path: '/a/../../b' } }, 'BadRequest'],
    [{ RootDirectory: { CreationInfo: { OwnerUid: 0, OwnerGid: 0, Permissions: '999' } } }, 'BadRequest'],
    [{ RootDirectory: { CreationInfo: { OwnerUid: -1, OwnerGid: 0, Permissions: '755' } } }, 'BadRequest'],
  ])('refuses %j', async (more, name) => {
    const FileSystemId = await create();
    await expect(accessPoint({ FileSystemId, ...more })).rejects.toMatchObject({ name });
  });
});

describe('DescribeAccessPoints', () => {
  const described = async (input = {}) =>
    (await efs.send(new DescribeAccessPointsCommand(input))).AccessPoints!;

  test('finds by id and by file system, and pages', async () => {
    const [one, other] = [await create(), await create()];
    const { AccessPointId, AccessPointArn } = await accessPoint({ FileSystemId: one });
    await accessPoint({ FileSystemId: other });
    expect(await described({ AccessPointId })).toMatchObject([{ FileSystemId: one }]);
    expect(await described({ AccessPointId: AccessPointArn })).toHaveLength(1);
    expect(await described({ FileSystemId: other })).toMatchObject([{ FileSystemId: other }]);
    const { NextToken } = await efs.send(new DescribeAccessPointsCommand({ MaxResults: 1 }));
    expect(await described({ MaxResults: 1, NextToken })).toHaveLength(1);
  });

  test.each([
    [{ AccessPointId: 'fsap-0' }, 'AccessPointNotFound'],
    [{ FileSystemId: none }, 'FileSystemNotFound'],
    [{ AccessPointId: 'fsap-0', FileSystemId: none }, 'BadRequest'],
    [{ NextToken: 'x' }, 'BadRequest'],
  ])('refuses %j', async (input, name) => {
    await expect(described(input)).rejects.toMatchObject({ name });
  });
});

describe('DeleteAccessPoint', () => {
  test('leaves the files', async () => {
    const FileSystemId = await create();
    const { AccessPointId } = await accessPoint({ FileSystemId });
    await efs.send(new DeleteAccessPointCommand({ AccessPointId }));
    expect([...directories]).toEqual([FileSystemId]);
    await expect(efs.send(new DeleteAccessPointCommand({ AccessPointId }))).rejects.toMatchObject({
      name: 'AccessPointNotFound',
    });
  });
});

const mount = (input: CreateMountTargetCommandInput) => efs.send(new CreateMountTargetCommand(input));

describe('CreateMountTarget', () => {
  test('has an address and security groups of its subnet', async () => {
    const FileSystemId = await create();
    const { $metadata: _, ...made } = await mount({
      FileSystemId,
      SubnetId: 'subnet-a',
      SecurityGroups: ['sg-1', 'sg-2'],
    });
    expect(made).toEqual({
      OwnerId: '000000000000',
      MountTargetId: expect.stringMatching(/^fsmt-[0-9a-f]{17}$/),
      FileSystemId,
      SubnetId: 'subnet-a',
      LifeCycleState: 'available',
      IpAddress: '10.0.0.4',
      NetworkInterfaceId: 'eni-1',
      AvailabilityZoneId: 'use1-az-a',
      AvailabilityZoneName: 'us-east-1a',
      VpcId: 'vpc-1',
    });
    expect(networks.attached.get('eni-1')).toEqual(['sg-1', 'sg-2']);
    await mount({ FileSystemId, SubnetId: 'subnet-b', IpAddress: '10.0.0.9' });
    expect(networks.attached.get('eni-2')).toEqual(['sg-default-vpc-1']);
    expect(await describeAll()).toMatchObject([{ NumberOfMountTargets: 2 }]);
  });

  test.each([
    [{ FileSystemId: none }, 'FileSystemNotFound', 404],
    [{ SubnetId: 'subnet-none' }, 'SubnetNotFound', 400],
    [{ SubnetId: 'subnet-a2' }, 'MountTargetConflict', 409],
    [{ SubnetId: 'subnet-other' }, 'MountTargetConflict', 409],
    [{ SubnetId: 'subnet-full' }, 'NoFreeAddressesInSubnet', 409],
    [{ IpAddress: '10.0.0.4' }, 'IpAddressInUse', 409],
    [{ IpAddress: '192.168.0.1' }, 'BadRequest', 400],
    [{ SecurityGroups: ['sg-1', 'sg-none'] }, 'SecurityGroupNotFound', 400],
    [{ SecurityGroups: ['sg-1', 'sg-2', 'sg-3', 'sg-4', 'sg-5', 'sg-6'] }, 'SecurityGroupLimitExceeded', 400],
    [{ IpAddressType: 'DUAL_STACK' as const }, 'BadRequest', 400],
  ])('refuses %j', async (more, name, httpStatusCode) => {
    const FileSystemId = await create();
    await mount({ FileSystemId, SubnetId: 'subnet-a' });
    const sent = mount({ FileSystemId, SubnetId: 'subnet-b', ...more });
    await expect(sent).rejects.toMatchObject({ name, $metadata: { httpStatusCode } });
    expect(networks.attached.size).toBe(1);
  });

  test('is in the zone of a One Zone file system', async () => {
    const FileSystemId = await create({ AvailabilityZoneName: 'us-east-1a' });
    await expect(mount({ FileSystemId, SubnetId: 'subnet-b' })).rejects.toMatchObject({
      name: 'AvailabilityZonesMismatch',
    });
    await mount({ FileSystemId, SubnetId: 'subnet-a' });
  });
});

describe('DescribeMountTargets', () => {
  const described = async (input = {}) =>
    (await efs.send(new DescribeMountTargetsCommand(input))).MountTargets!;

  test('finds by file system, access point and id, and pages', async () => {
    const FileSystemId = await create();
    const { AccessPointId } = await accessPoint({ FileSystemId });
    const { MountTargetId } = await mount({ FileSystemId, SubnetId: 'subnet-a' });
    await mount({ FileSystemId, SubnetId: 'subnet-b' });
    expect(await described({ MountTargetId })).toMatchObject([{ SubnetId: 'subnet-a' }]);
    expect(await described({ AccessPointId })).toHaveLength(2);
    const first = await efs.send(new DescribeMountTargetsCommand({ FileSystemId, MaxItems: 1 }));
    expect(await described({ FileSystemId, MaxItems: 1, Marker: first.NextMarker })).toHaveLength(1);
  });

  test.each([
    [{}, 'BadRequest'],
    [{ FileSystemId: none, MountTargetId: 'fsmt-0' }, 'BadRequest'],
    [{ MountTargetId: 'fsmt-0' }, 'MountTargetNotFound'],
    [{ FileSystemId: none }, 'FileSystemNotFound'],
    [{ AccessPointId: 'fsap-0' }, 'AccessPointNotFound'],
  ])('refuses %j', async (input, name) => {
    await expect(described(input)).rejects.toMatchObject({ name });
  });
});

describe('ModifyMountTargetSecurityGroups', () => {
  const groups = (MountTargetId: string | undefined) =>
    efs.send(new DescribeMountTargetSecurityGroupsCommand({ MountTargetId }));
  const modify = (MountTargetId: string | undefined, SecurityGroups: string[]) =>
    efs.send(new ModifyMountTargetSecurityGroupsCommand({ MountTargetId, SecurityGroups }));

  test('replaces them', async () => {
    const { MountTargetId } = await mount({ FileSystemId: await create(), SubnetId: 'subnet-a' });
    expect(await groups(MountTargetId)).toMatchObject({ SecurityGroups: ['sg-default-vpc-1'] });
    await modify(MountTargetId, ['sg-3']);
    expect(await groups(MountTargetId)).toMatchObject({ SecurityGroups: ['sg-3'] });
    expect(networks.attached.get('eni-1')).toEqual(['sg-3']);
    await expect(modify(MountTargetId, ['sg-none'])).rejects.toMatchObject({ name: 'SecurityGroupNotFound' });
  });
});

describe('DescribeMountTargetSecurityGroups', () => {
  test('knows no mount target that is not there', async () => {
    const sent = efs.send(new DescribeMountTargetSecurityGroupsCommand({ MountTargetId: 'fsmt-0' }));
    await expect(sent).rejects.toMatchObject({ name: 'MountTargetNotFound' });
  });
});

describe('DeleteMountTarget', () => {
  test('gives up its network interface', async () => {
    const { MountTargetId } = await mount({ FileSystemId: await create(), SubnetId: 'subnet-a' });
    await efs.send(new DeleteMountTargetCommand({ MountTargetId }));
    expect(networks.attached.size).toBe(0);
    await expect(efs.send(new DeleteMountTargetCommand({ MountTargetId }))).rejects.toMatchObject({
      name: 'MountTargetNotFound',
      $metadata: { httpStatusCode: 404 },
    });
  });
});

const tagsOf = async (ResourceId: string | undefined, more = {}) =>
  efs.send(new ListTagsForResourceCommand({ ResourceId, ...more }));

describe('TagResource', () => {
  test('adds and replaces, for file systems and access points', async () => {
    const FileSystemId = await create({ Tags: [{ Key: 'a', Value: '1' }] });
    const { AccessPointArn, AccessPointId } = await accessPoint({ FileSystemId });
    const Tags = [
      { Key: 'a', Value: '2' },
      { Key: 'b', Value: '' },
    ];
    await efs.send(new TagResourceCommand({ ResourceId: FileSystemId, Tags }));
    await efs.send(new TagResourceCommand({ ResourceId: AccessPointArn, Tags }));
    expect((await tagsOf(FileSystemId)).Tags).toEqual(Tags);
    expect((await tagsOf(AccessPointId)).Tags).toEqual(Tags);
    const more = Array.from({ length: 50 }, (_, at) => ({ Key: `k${at}`, Value: '' }));
    const sent = efs.send(new TagResourceCommand({ ResourceId: FileSystemId, Tags: more }));
    await expect(sent).rejects.toMatchObject({ name: 'BadRequest' });
  });
});

describe('UntagResource', () => {
  test('takes tags off, and minds none that is not there', async () => {
    const ResourceId = await create({ Tags: ['a', 'b'].map((Key) => ({ Key, Value: '' })) });
    await efs.send(new UntagResourceCommand({ ResourceId, TagKeys: ['a', 'z'] }));
    expect((await tagsOf(ResourceId)).Tags).toEqual([{ Key: 'b', Value: '' }]);
  });
});

describe('ListTagsForResource', () => {
  test('pages, and knows no resource that is not there', async () => {
    const id = await create({ Tags: ['c', 'a', 'b'].map((Key) => ({ Key, Value: '' })) });
    const first = await tagsOf(id, { MaxResults: 2 });
    const rest = await tagsOf(id, { MaxResults: 2, NextToken: first.NextToken });
    expect([...first.Tags!, ...rest.Tags!].map(({ Key }) => Key)).toEqual(['a', 'b', 'c']);
    await expect(tagsOf(none)).rejects.toMatchObject({ name: 'FileSystemNotFound' });
    await expect(tagsOf('fsap-0')).rejects.toMatchObject({ name: 'AccessPointNotFound' });
  });
});

test('what is not served says so', async () => {
  const sent = new CreateReplicationConfigurationCommand({ SourceFileSystemId: none, Destinations: [] });
  await expect(efs.send(sent)).rejects.toMatchObject({
    name: 'UnknownOperationException',
    message: `Longshore does not serve the operation of elasticfilesystem that POST /2015-02-01/file-systems/${none}/replication-configuration calls.`,
  });
});
