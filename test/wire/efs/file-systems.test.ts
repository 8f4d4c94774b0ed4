import {
  CreateAccessPointCommand,
  CreateFileSystemCommand,
  CreateMountTargetCommand,
  CreateReplicationConfigurationCommand,
  DeleteFileSystemCommand,
  DeleteFileSystemPolicyCommand,
  DescribeAccessPointsCommand,
  DescribeBackupPolicyCommand,
  DescribeFileSystemPolicyCommand,
  DescribeFileSystemsCommand,
  DescribeLifecycleConfigurationCommand,
  EFSClient,
  ListTagsForResourceCommand,
  PutBackupPolicyCommand,
  PutFileSystemPolicyCommand,
  PutLifecycleConfigurationCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateFileSystemCommand,
  UpdateFileSystemProtectionCommand,
  type CreateFileSystemCommandInput,
  type DescribeFileSystemsCommandInput,
} from '@aws-sdk/client-efs';
import { DescribeKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { beforeEach, describe, expect, test } from 'vitest';
import { EfsRig, none, type AccessPointInput } from './efs-rig.ts';

let rig: EfsRig;
let efs: EFSClient;
/** Ids of file systems whose directories there are. */
let directories: ReadonlySet<string>;
beforeEach(async () => {
  rig = await EfsRig.open();
  efs = rig.efs;
  directories = rig.directories.there;
});

const create = (input?: CreateFileSystemCommandInput) => rig.create(input);
const accessPoint = (input: AccessPointInput) => rig.accessPoint(input);
const describeAll = (input?: DescribeFileSystemsCommandInput) => rig.describeAll(input);

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
    await rig.ecsRig.clock.advance(10);
    expect([...directories]).toEqual([id]);
    expect(await describeAll()).toMatchObject([{ LifeCycleState: 'available' }]);
  });

  test('is not available while its directory cannot be made', async () => {
    rig.directories.broken = true;
    await create();
    expect(await describeAll()).toMatchObject([{ LifeCycleState: 'creating' }]);
    rig.directories.broken = false;
    await rig.ecsRig.clock.advance(10_000);
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
    const kms = rig.ecsRig.clientOf(KMSClient);
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
    const elsewhere = rig.ecsRig.clientOf(EFSClient, 'eu-west-1');
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
    await rig.ecsRig.clock.advance(10);
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
