import {
  DeleteMountTargetCommand,
  DescribeMountTargetSecurityGroupsCommand,
  DescribeMountTargetsCommand,
  ModifyMountTargetSecurityGroupsCommand,
  type CreateFileSystemCommandInput,
  type CreateMountTargetCommandInput,
  type EFSClient,
} from '@aws-sdk/client-efs';
import { beforeEach, describe, expect, test } from 'vitest';
import type { FakeNetworks } from '../../../test-support/fake-networks.ts';
import { EfsRig, none, type AccessPointInput } from './efs-rig.ts';

let rig: EfsRig;
let efs: EFSClient;
let networks: FakeNetworks;
beforeEach(async () => {
  rig = await EfsRig.open();
  ({ efs, networks } = rig);
});

const create = (input?: CreateFileSystemCommandInput) => rig.create(input);
const accessPoint = (input: AccessPointInput) => rig.accessPoint(input);
const mount = (input: CreateMountTargetCommandInput) => rig.mount(input);
const describeAll = () => rig.describeAll();

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
