import {
  DeleteAccessPointCommand,
  DescribeAccessPointsCommand,
  type CreateFileSystemCommandInput,
  type EFSClient,
} from '@aws-sdk/client-efs';
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
