// Mount targets in networks of EC2: each has a network interface there, and what it is in cannot be deleted.
import {
  CreateNetworkInterfaceCommand,
  DeleteSecurityGroupCommand,
  DeleteSubnetCommand,
  DescribeNetworkInterfacesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  CreateSecurityGroupCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import {
  CreateFileSystemCommand,
  CreateMountTargetCommand,
  DeleteMountTargetCommand,
  EFSClient,
  ModifyMountTargetSecurityGroupsCommand,
} from '@aws-sdk/client-efs';
import { beforeEach, expect, test } from 'vitest';
import { EcsRig } from '../../../test-support/ecs-rig.ts';

let ec2: EC2Client;
let efs: EFSClient;
let FileSystemId: string;
let SubnetId: string;
let VpcId: string;
beforeEach(async () => {
  const rig = await EcsRig.open();
  [ec2, efs] = [rig.clientOf(EC2Client), rig.clientOf(EFSClient)];
  const [subnet] = (await ec2.send(new DescribeSubnetsCommand({}))).Subnets!;
  [SubnetId, VpcId] = [subnet!.SubnetId!, subnet!.VpcId!];
  FileSystemId = (await efs.send(new CreateFileSystemCommand({ CreationToken: 'one' }))).FileSystemId!;
  await rig.clock.advance(60_000);
});

const interfaces = async () => (await ec2.send(new DescribeNetworkInterfacesCommand({}))).NetworkInterfaces!;
const mount = (input = {}) => efs.send(new CreateMountTargetCommand({ FileSystemId, SubnetId, ...input }));

test('a mount target is a network interface of its subnet, with the default group', async () => {
  const target = await mount();
  const [only] = await interfaces();
  expect(target).toMatchObject({
    SubnetId,
    VpcId,
    NetworkInterfaceId: only!.NetworkInterfaceId,
    IpAddress: only!.PrivateIpAddress,
    AvailabilityZoneName: only!.AvailabilityZone,
  });
  expect(only).toMatchObject({
    Description: `EFS mount target for ${FileSystemId}`,
    InterfaceType: 'efs',
    RequesterManaged: true,
    Groups: [{ GroupName: 'default' }],
  });
  await expect(ec2.send(new DeleteSubnetCommand({ SubnetId }))).rejects.toMatchObject({
    name: 'DependencyViolation',
  });
  await efs.send(new DeleteMountTargetCommand({ MountTargetId: target.MountTargetId! }));
  expect(await interfaces()).toEqual([]);
});

test('its groups are those of the network, and in use', async () => {
  const made = new CreateSecurityGroupCommand({ GroupName: 'nfs', Description: 'd', VpcId });
  const { GroupId } = await ec2.send(made);
  const { MountTargetId } = await mount({ SecurityGroups: [GroupId] });
  await expect(ec2.send(new DeleteSecurityGroupCommand({ GroupId }))).rejects.toMatchObject({
    name: 'DependencyViolation',
  });
  const { SecurityGroups } = await ec2.send(new DescribeSecurityGroupsCommand({ GroupNames: ['default'] }));
  const groups = [SecurityGroups![0]!.GroupId!];
  await efs.send(
    new ModifyMountTargetSecurityGroupsCommand({ MountTargetId: MountTargetId!, SecurityGroups: groups }),
  );
  await ec2.send(new DeleteSecurityGroupCommand({ GroupId }));
  await expect(mount({ SecurityGroups: ['sg-0123456789abcdef0'] })).rejects.toThrow();
});

test('its address is a free one of the subnet', async () => {
  const { NetworkInterface } = await ec2.send(new CreateNetworkInterfaceCommand({ SubnetId }));
  const IpAddress = NetworkInterface!.PrivateIpAddress!;
  await expect(mount({ IpAddress })).rejects.toMatchObject({ name: 'IpAddressInUse' });
  for (const outside of ['10.1.2.3', 'none']) await expect(mount({ IpAddress: outside })).rejects.toThrow();
  const free = IpAddress.replace(/\d+$/, (last) => String(Number(last) > 100 ? 50 : 150));
  expect((await mount({ IpAddress: free })).IpAddress).toBe(free);
});
