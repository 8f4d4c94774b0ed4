import {
  AssociateDhcpOptionsCommand,
  CreateDhcpOptionsCommand,
  CreateFlowLogsCommand,
  CreateNetworkAclCommand,
  CreateNetworkAclEntryCommand,
  CreateNetworkInterfaceCommand,
  CreateSecurityGroupCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  DeleteDhcpOptionsCommand,
  DeleteFlowLogsCommand,
  DeleteNetworkAclCommand,
  DeleteNetworkAclEntryCommand,
  DeleteNetworkInterfaceCommand,
  DescribeAddressesAttributeCommand,
  AllocateAddressCommand,
  DescribeDhcpOptionsCommand,
  DescribeFlowLogsCommand,
  DescribeNetworkAclsCommand,
  DescribeNetworkInterfaceAttributeCommand,
  DescribeNetworkInterfacesCommand,
  DescribeSubnetsCommand,
  DescribeVpcsCommand,
  ModifyNetworkInterfaceAttributeCommand,
  ReplaceNetworkAclAssociationCommand,
  ReplaceNetworkAclEntryCommand,
  type CreateNetworkInterfaceCommandInput,
} from '@aws-sdk/client-ec2';
import { beforeEach, describe, expect, it } from 'vitest';
import { Ec2Rig, error, unknownId } from './ec2-rig.ts';

let rig: Ec2Rig;
let VpcId: string;
let SubnetId: string;
beforeEach(async () => {
  rig = await Ec2Rig.open();
  VpcId = (await rig.ec2.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }))).Vpc!.VpcId!;
  const { Subnet } = await rig.ec2.send(new CreateSubnetCommand({ VpcId, CidrBlock: '10.0.1.0/28' }));
  SubnetId = Subnet!.SubnetId!;
});

const networkInterface = async (more: Partial<CreateNetworkInterfaceCommandInput> = {}) =>
  (await rig.ec2.send(new CreateNetworkInterfaceCommand({ SubnetId, ...more }))).NetworkInterface!;
const securityGroup = async (GroupName: string, vpc: string | undefined = VpcId) =>
  (
    await rig.ec2.send(
      new CreateSecurityGroupCommand({ GroupName, Description: 'd', ...(vpc && { VpcId: vpc }) }),
    )
  ).GroupId!;

describe('CreateNetworkInterface', () => {
  it('gives an address of its subnet and the groups that were asked for', async () => {
    const group = await securityGroup('tasks');
    const made = await networkInterface({ Groups: [group], Description: 'of a task', ClientToken: 'once' });
    expect(made).toMatchObject({
      NetworkInterfaceId: expect.stringMatching(/^eni-[0-9a-f]{17}$/),
      InterfaceType: 'interface',
      VpcId,
      SubnetId,
      Description: 'of a task',
      Status: 'available',
      SourceDestCheck: true,
      RequesterManaged: false,
      Groups: [{ GroupId: group, GroupName: 'tasks' }],
      MacAddress: expect.stringMatching(/^02(:[0-9a-f]{2}){5}$/),
      PrivateIpAddress: expect.stringMatching(/^10\.0\.1\.([4-9]|1[0-4])$/),
    });
    const again = await networkInterface({ Groups: [group], Description: 'of a task', ClientToken: 'once' });
    expect(again.NetworkInterfaceId).toBe(made.NetworkInterfaceId);
  });

  it('gives every address of a subnet once, but for its first four and its last', async () => {
    const all = [];
    for (let n = 0; n < 11; n++) all.push((await networkInterface()).PrivateIpAddress!);
    expect(all.map((address) => Number(address.split('.')[3])).toSorted((a, b) => a - b)).toEqual([
      4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14,
    ]);
    await expect(networkInterface()).rejects.toMatchObject(
      error(
        'InsufficientFreeAddressesInSubnet',
        `There are not enough free addresses in subnet '${SubnetId}' to satisfy the requested number of addresses.`,
      ),
    );
    const { Subnets } = await rig.ec2.send(new DescribeSubnetsCommand({ SubnetIds: [SubnetId] }));
    expect(Subnets![0]!.AvailableIpAddressCount).toBe(0);
  });

  it('gives several addresses, and those that were asked for', async () => {
    const made = await networkInterface({
      PrivateIpAddresses: [{ PrivateIpAddress: '10.0.1.5' }, { PrivateIpAddress: '10.0.1.6', Primary: true }],
      SecondaryPrivateIpAddressCount: 2,
    });
    expect(made.PrivateIpAddress).toBe('10.0.1.6');
    expect(made.PrivateIpAddresses).toHaveLength(4);
    expect(made.PrivateIpAddresses![1]).toMatchObject({ PrivateIpAddress: '10.0.1.5', Primary: false });
    const own = await networkInterface();
    expect(own.Groups).toMatchObject([{ GroupName: 'default' }]);
  });

  it('refuses what does not fit', async () => {
    const refused = (more: Partial<CreateNetworkInterfaceCommandInput>, name: string) =>
      expect(networkInterface(more)).rejects.toMatchObject(error(name));
    await networkInterface({ PrivateIpAddress: '10.0.1.5' });
    await refused({ PrivateIpAddress: '10.0.1.5' }, 'InvalidIPAddress.InUse');
    await refused({ PrivateIpAddress: '10.0.1.3' }, 'InvalidParameterValue');
    await refused({ PrivateIpAddress: 'x' }, 'InvalidParameterValue');
    await refused(
      { PrivateIpAddress: '10.0.1.6', PrivateIpAddresses: [{ PrivateIpAddress: '10.0.1.7', Primary: true }] },
      'InvalidParameterCombination',
    );
    await refused({ SubnetId: unknownId('subnet') }, 'InvalidSubnetID.NotFound');
    await refused({ Groups: [unknownId('sg')] }, 'InvalidGroup.NotFound');
    await refused({ Groups: [await securityGroup('elsewhere', '')] }, 'InvalidParameterValue');
    await refused({ Ipv6AddressCount: 1 }, 'UnsupportedOperation');
    await refused({ Ipv4PrefixCount: 1 }, 'UnsupportedOperation');
    await refused({ InterfaceType: 'efa' }, 'UnsupportedOperation');
    const groups = [];
    for (const name of ['a', 'b', 'c', 'd', 'e', 'f']) groups.push(await securityGroup(name));
    await refused({ Groups: groups }, 'SecurityGroupsPerInterfaceLimitExceeded');
  });
});

describe('DeleteNetworkInterface', () => {
  it('gives the address back', async () => {
    const { NetworkInterfaceId } = await networkInterface({ PrivateIpAddress: '10.0.1.5' });
    const remove = () => rig.ec2.send(new DeleteNetworkInterfaceCommand({ NetworkInterfaceId }));
    await remove();
    await networkInterface({ PrivateIpAddress: '10.0.1.5' });
    await expect(remove()).rejects.toMatchObject(
      error(
        'InvalidNetworkInterfaceID.NotFound',
        `The networkInterface ID '${NetworkInterfaceId}' does not exist`,
      ),
    );
  });
});

describe('DescribeNetworkInterfaces', () => {
  it('finds interfaces by id and by filters', async () => {
    const { NetworkInterfaceId, PrivateIpAddress } = await networkInterface({ Description: 'of a task' });
    const found = async (Name: string, value: string) =>
      (
        await rig.ec2.send(new DescribeNetworkInterfacesCommand({ Filters: [{ Name, Values: [value] }] }))
      ).NetworkInterfaces!.map((one) => one.NetworkInterfaceId);
    expect(await found('subnet-id', SubnetId)).toEqual([NetworkInterfaceId]);
    expect(await found('private-ip-address', PrivateIpAddress!)).toEqual([NetworkInterfaceId]);
    expect(await found('group-name', 'default')).toEqual([NetworkInterfaceId]);
    expect(await found('description', '*task')).toEqual([NetworkInterfaceId]);
    expect(await found('status', 'in-use')).toEqual([]);
    await expect(
      rig.ec2.send(new DescribeNetworkInterfacesCommand({ NetworkInterfaceIds: [unknownId('eni')] })),
    ).rejects.toMatchObject(error('InvalidNetworkInterfaceID.NotFound'));
  });
});

describe('ModifyNetworkInterfaceAttribute', () => {
  it('changes one attribute at a time', async () => {
    const { NetworkInterfaceId } = await networkInterface();
    const group = await securityGroup('tasks');
    const modify = (more: object) =>
      rig.ec2.send(new ModifyNetworkInterfaceAttributeCommand({ NetworkInterfaceId, ...more }));
    await modify({ Description: { Value: 'another' } });
    await modify({ SourceDestCheck: { Value: false } });
    await modify({ Groups: [group] });
    const { NetworkInterfaces } = await rig.ec2.send(new DescribeNetworkInterfacesCommand({}));
    expect(NetworkInterfaces).toMatchObject([
      { Description: 'another', SourceDestCheck: false, Groups: [{ GroupId: group }] },
    ]);
    await expect(modify({})).rejects.toMatchObject(error('MissingParameter'));
    await expect(
      modify({ Description: { Value: 'a' }, SourceDestCheck: { Value: true } }),
    ).rejects.toMatchObject(error('InvalidParameterCombination'));
    await expect(
      modify({ Attachment: { AttachmentId: 'eni-attach-1', DeleteOnTermination: true } }),
    ).rejects.toMatchObject(error('InvalidAttachmentID.NotFound'));
    await expect(modify({ EnablePrimaryIpv6: true })).rejects.toMatchObject(error('UnsupportedOperation'));
    await expect(modify({ NetworkInterfaceId: unknownId('eni'), Groups: [group] })).rejects.toMatchObject(
      error('InvalidNetworkInterfaceID.NotFound'),
    );
  });
});

describe('DescribeNetworkInterfaceAttribute', () => {
  it('tells one attribute', async () => {
    const { NetworkInterfaceId } = await networkInterface({ Description: 'of a task' });
    const told = (Attribute?: string) =>
      rig.ec2.send(new DescribeNetworkInterfaceAttributeCommand({ NetworkInterfaceId, Attribute } as never));
    expect(await told('description')).toMatchObject({ Description: { Value: 'of a task' } });
    expect(await told('groupSet')).toMatchObject({ Groups: [{ GroupName: 'default' }] });
    expect(await told('sourceDestCheck')).toMatchObject({ SourceDestCheck: { Value: true } });
    await expect(told()).rejects.toMatchObject(error('MissingParameter'));
    await expect(told('colour')).rejects.toMatchObject(error('InvalidParameterValue'));
  });
});

describe('DescribeAddressesAttribute', () => {
  it('tells of addresses that they lead back to no name', async () => {
    const { AllocationId, PublicIp } = await rig.ec2.send(new AllocateAddressCommand({}));
    const call = (id: string) =>
      rig.ec2.send(new DescribeAddressesAttributeCommand({ AllocationIds: [id], Attribute: 'domain-name' }));
    expect((await call(AllocationId!)).Addresses).toEqual([{ AllocationId, PublicIp }]);
    await expect(call(unknownId('eipalloc'))).rejects.toMatchObject(error('InvalidAllocationID.NotFound'));
  });
});

describe('network ACLs', () => {
  let NetworkAclId: string;
  beforeEach(async () => {
    const { NetworkAcl } = await rig.ec2.send(new CreateNetworkAclCommand({ VpcId }));
    NetworkAclId = NetworkAcl!.NetworkAclId!;
  });
  const described = async (id = NetworkAclId) =>
    (await rig.ec2.send(new DescribeNetworkAclsCommand({ NetworkAclIds: [id] }))).NetworkAcls![0]!;
  const rule = {
    RuleNumber: 100,
    Protocol: '6',
    RuleAction: 'allow' as const,
    Egress: false,
    CidrBlock: '10.0.0.7/8',
    PortRange: { From: 80, To: 80 },
  };
  const create = (more: object = {}) =>
    rig.ec2.send(new CreateNetworkAclEntryCommand({ NetworkAclId, ...rule, ...more }));
  const ownAcl = async () =>
    (
      await rig.ec2.send(
        new DescribeNetworkAclsCommand({
          Filters: [
            { Name: 'vpc-id', Values: [VpcId] },
            { Name: 'default', Values: ['true'] },
          ],
        }),
      )
    ).NetworkAcls![0]!;

  describe('CreateNetworkAcl', () => {
    it('lets nothing through, and is made once for a client token', async () => {
      const once = async (more = {}) =>
        (await rig.ec2.send(new CreateNetworkAclCommand({ VpcId, ClientToken: 'once', ...more })))
          .NetworkAcl!;
      const acl = await once();
      expect(acl.Entries).toMatchObject([
        { RuleNumber: 32_767, Egress: true, RuleAction: 'deny', Protocol: '-1', CidrBlock: '0.0.0.0/0' },
        { RuleNumber: 32_767, Egress: false, RuleAction: 'deny' },
      ]);
      expect((await once()).NetworkAclId).toBe(acl.NetworkAclId);
      await expect(once({ VpcId: unknownId('vpc') })).rejects.toMatchObject(error('InvalidVpcID.NotFound'));
    });
  });

  describe('CreateNetworkAclEntry', () => {
    it('adds rules in the order of their numbers', async () => {
      await create();
      await create({
        RuleNumber: 50,
        Protocol: 'icmp',
        PortRange: undefined,
        IcmpTypeCode: { Type: -1, Code: -1 },
      });
      await create({
        RuleNumber: 60,
        Protocol: '-1',
        PortRange: undefined,
        CidrBlock: undefined,
        Ipv6CidrBlock: '::/0',
      });
      expect((await described()).Entries!.filter(({ Egress }) => !Egress)).toMatchObject([
        { RuleNumber: 50, Protocol: '1', IcmpTypeCode: { Type: -1, Code: -1 } },
        { RuleNumber: 60, Protocol: '-1', Ipv6CidrBlock: '::/0' },
        { RuleNumber: 100, Protocol: '6', CidrBlock: '10.0.0.0/8', PortRange: { From: 80, To: 80 } },
        { RuleNumber: 32_767 },
      ]);
    });

    it.each([
      [{ RuleNumber: 0 }, 'InvalidParameterValue'],
      [{ RuleNumber: 32_767 }, 'InvalidParameterValue'],
      [{ Protocol: 'sctp' }, 'InvalidParameterValue'],
      [{ PortRange: undefined }, 'MissingParameter'],
      [{ PortRange: { From: 2, To: 1 } }, 'InvalidParameterValue'],
      [{ Protocol: '1' }, 'MissingParameter'],
      [{ CidrBlock: undefined }, 'MissingParameter'],
      [{ CidrBlock: 'x' }, 'InvalidParameterValue'],
      [{ Ipv6CidrBlock: '::/0' }, 'InvalidParameterCombination'],
      [{ RuleAction: 'maybe' }, 'InvalidParameterValue'],
      [{ NetworkAclId: unknownId('acl') }, 'InvalidNetworkAclID.NotFound'],
    ])('refuses %j', async (more, name) => {
      await expect(create(more)).rejects.toMatchObject(error(name));
    });

    it('refuses a number that is taken, and the 41st rule', async () => {
      await create();
      await expect(create()).rejects.toMatchObject(
        error('NetworkAclEntryAlreadyExists', 'The network acl entry identified by 100 already exists.'),
      );
      for (let n = 1; n < 40; n++) await create({ RuleNumber: 100 + n });
      await expect(create({ RuleNumber: 200 })).rejects.toMatchObject(error('NetworkAclEntryLimitExceeded'));
    });
  });

  describe('ReplaceNetworkAclEntry', () => {
    it('says something else under the same number', async () => {
      const replace = (more: object = {}) =>
        rig.ec2.send(
          new ReplaceNetworkAclEntryCommand({ NetworkAclId, ...rule, RuleAction: 'deny', ...more }),
        );
      await expect(replace()).rejects.toMatchObject(error('InvalidNetworkAclEntry.NotFound'));
      await create();
      await replace();
      expect((await described()).Entries).toContainEqual(
        expect.objectContaining({ RuleNumber: 100, RuleAction: 'deny' }),
      );
    });
  });

  describe('DeleteNetworkAclEntry', () => {
    it('takes a rule away, never the last', async () => {
      await create();
      const remove = (RuleNumber: number) =>
        rig.ec2.send(new DeleteNetworkAclEntryCommand({ NetworkAclId, RuleNumber, Egress: false }));
      await remove(100);
      for (const number of [100, 32_767])
        await expect(remove(number)).rejects.toMatchObject(
          error(
            'InvalidNetworkAclEntry.NotFound',
            `The ingress network acl entry identified by rule number ${number} does not exist in ${NetworkAclId}`,
          ),
        );
    });
  });

  describe('ReplaceNetworkAclAssociation', () => {
    it('gives a subnet another ACL of its VPC', async () => {
      const { Associations } = await ownAcl();
      const AssociationId = Associations![0]!.NetworkAclAssociationId!;
      const replace = (id: string, acl = NetworkAclId) =>
        rig.ec2.send(new ReplaceNetworkAclAssociationCommand({ AssociationId: id, NetworkAclId: acl }));
      const { NewAssociationId } = await replace(AssociationId);
      expect((await described()).Associations).toEqual([
        { NetworkAclAssociationId: NewAssociationId, NetworkAclId, SubnetId },
      ]);
      await expect(replace(AssociationId)).rejects.toMatchObject(error('InvalidAssociationID.NotFound'));
      const { Vpc } = await rig.ec2.send(new CreateVpcCommand({ CidrBlock: '10.9.0.0/16' }));
      const { NetworkAcl } = await rig.ec2.send(new CreateNetworkAclCommand({ VpcId: Vpc!.VpcId }));
      await expect(replace(NewAssociationId!, NetworkAcl!.NetworkAclId)).rejects.toMatchObject(
        error('InvalidParameterValue'),
      );
      await expect(rig.ec2.send(new DeleteNetworkAclCommand({ NetworkAclId }))).rejects.toMatchObject(
        error('DependencyViolation'),
      );
    });
  });

  describe('DeleteNetworkAcl', () => {
    it('deletes one that no subnet has, and never a VPC’s own', async () => {
      const remove = (id: string) => rig.ec2.send(new DeleteNetworkAclCommand({ NetworkAclId: id }));
      await remove(NetworkAclId);
      await expect(remove(NetworkAclId)).rejects.toMatchObject(error('InvalidNetworkAclID.NotFound'));
      await expect(remove((await ownAcl()).NetworkAclId!)).rejects.toMatchObject(
        error('InvalidParameterValue', 'Cannot delete default network ACL'),
      );
    });
  });

  describe('DescribeNetworkAcls', () => {
    it('finds ACLs by their subnets and rules', async () => {
      await create();
      const found = async (Name: string, value: string) =>
        (
          await rig.ec2.send(new DescribeNetworkAclsCommand({ Filters: [{ Name, Values: [value] }] }))
        ).NetworkAcls!.map((acl) => acl.NetworkAclId);
      expect(await found('association.subnet-id', SubnetId)).toEqual([(await ownAcl()).NetworkAclId]);
      expect(await found('entry.port-range.from', '80')).toEqual([NetworkAclId]);
      await expect(described(unknownId('acl'))).rejects.toMatchObject(error('InvalidNetworkAclID.NotFound'));
    });
  });
});

describe('DHCP options', () => {
  const options = async () =>
    (
      await rig.ec2.send(
        new CreateDhcpOptionsCommand({
          DhcpConfigurations: [{ Key: 'domain-name', Values: ['hosts.internal'] }],
        }),
      )
    ).DhcpOptions!;

  describe('CreateDhcpOptions', () => {
    it('keeps a set on record', async () => {
      expect(await options()).toMatchObject({
        DhcpOptionsId: expect.stringMatching(/^dopt-[0-9a-f]{17}$/),
        DhcpConfigurations: [{ Key: 'domain-name', Values: [{ Value: 'hosts.internal' }] }],
      });
      const create = (Key: string, ...Values: string[]) =>
        rig.ec2.send(new CreateDhcpOptionsCommand({ DhcpConfigurations: [{ Key, Values }] }));
      await expect(create('colour', 'red')).rejects.toMatchObject(error('InvalidParameterValue'));
      await expect(create('ntp-servers', '1', '2', '3', '4', '5')).rejects.toMatchObject(
        error('InvalidParameterValue'),
      );
    });
  });

  describe('AssociateDhcpOptions', () => {
    it('gives a VPC a set, or none', async () => {
      const { DhcpOptionsId } = await options();
      const associate = (id: string) =>
        rig.ec2.send(new AssociateDhcpOptionsCommand({ VpcId, DhcpOptionsId: id }));
      const ofVpc = async () =>
        (await rig.ec2.send(new DescribeVpcsCommand({ VpcIds: [VpcId] }))).Vpcs![0]!.DhcpOptionsId;
      await associate(DhcpOptionsId!);
      expect(await ofVpc()).toBe(DhcpOptionsId);
      const remove = () => rig.ec2.send(new DeleteDhcpOptionsCommand({ DhcpOptionsId }));
      await expect(remove()).rejects.toMatchObject(error('DependencyViolation'));
      await associate('default');
      expect(await ofVpc()).toBe('default');
      await remove();
      await expect(associate(DhcpOptionsId!)).rejects.toMatchObject(error('InvalidDhcpOptionID.NotFound'));
    });
  });

  describe('DescribeDhcpOptions', () => {
    it('finds sets by what they hold', async () => {
      const { DhcpOptionsId } = await options();
      const { DhcpOptions } = await rig.ec2.send(
        new DescribeDhcpOptionsCommand({ Filters: [{ Name: 'value', Values: ['hosts.*'] }] }),
      );
      expect(DhcpOptions).toMatchObject([{ DhcpOptionsId }]);
      expect((await rig.ec2.send(new DescribeDhcpOptionsCommand({}))).DhcpOptions).toHaveLength(2);
      await expect(
        rig.ec2.send(new DescribeDhcpOptionsCommand({ DhcpOptionsIds: [unknownId('dopt')] })),
      ).rejects.toMatchObject(
        error('InvalidDhcpOptionID.NotFound', "The dhcpOption ID 'dopt-0123456789abcdef0' does not exist"),
      );
    });
  });

  describe('DeleteDhcpOptions', () => {
    it('deletes a set that no VPC has', async () => {
      const { DhcpOptionsId } = await options();
      await rig.ec2.send(new DeleteDhcpOptionsCommand({ DhcpOptionsId }));
      await expect(rig.ec2.send(new DeleteDhcpOptionsCommand({ DhcpOptionsId }))).rejects.toMatchObject(
        error('InvalidDhcpOptionID.NotFound'),
      );
    });
  });
});

describe('flow logs', () => {
  const create = (more: object = {}) =>
    rig.ec2.send(
      new CreateFlowLogsCommand({
        ResourceIds: [VpcId],
        ResourceType: 'VPC',
        TrafficType: 'ALL',
        LogDestinationType: 's3',
        LogDestination: 'arn:aws:s3:::logs',
        ...more,
      }),
    );

  describe('CreateFlowLogs', () => {
    it('keeps a flow log on record, once for a client token', async () => {
      const { FlowLogIds } = await create({ ClientToken: 'once' });
      expect((await create({ ClientToken: 'once' })).FlowLogIds).toEqual(FlowLogIds);
      await expect(create({ ClientToken: 'once', TrafficType: 'REJECT' })).rejects.toMatchObject(
        error('IdempotentParameterMismatch'),
      );
      const { FlowLogs } = await rig.ec2.send(new DescribeFlowLogsCommand({ FlowLogIds: FlowLogIds! }));
      expect(FlowLogs).toMatchObject([
        {
          FlowLogStatus: 'ACTIVE',
          ResourceId: VpcId,
          TrafficType: 'ALL',
          LogDestinationType: 's3',
          LogDestination: 'arn:aws:s3:::logs',
          MaxAggregationInterval: 600,
          LogFormat: expect.stringMatching(/^\$\{version\} /),
        },
      ]);
    });

    it('tells of resources that are not there, or have the same log', async () => {
      await create();
      const { FlowLogIds, Unsuccessful } = await create({ ResourceIds: [VpcId, unknownId('vpc')] });
      expect(FlowLogIds).toEqual([]);
      expect(Unsuccessful).toMatchObject([
        { ResourceId: VpcId, Error: { Code: 'FlowLogAlreadyExists' } },
        { ResourceId: unknownId('vpc'), Error: { Code: 'InvalidVpcID.NotFound' } },
      ]);
      expect((await create({ ResourceIds: [SubnetId], ResourceType: 'Subnet' })).FlowLogIds).toHaveLength(1);
    });

    it.each([
      [{ TrafficType: undefined }, 'MissingParameter'],
      [{ LogDestination: undefined }, 'MissingParameter'],
      [{ MaxAggregationInterval: 61 }, 'InvalidParameterValue'],
      [{ LogDestinationType: undefined }, 'InvalidParameterValue'],
      [{ LogDestinationType: undefined, LogGroupName: 'g' }, 'InvalidParameterValue'],
      [{ LogDestinationType: undefined, LogDestination: undefined }, 'MissingParameter'],
      [{ DeliverCrossAccountRole: 'arn' }, 'UnsupportedOperation'],
      [{ TagFieldSpecifications: [{ TagKeys: ['a'] }] }, 'UnsupportedOperation'],
    ])('refuses %j', async (more, name) => {
      await expect(create(more)).rejects.toMatchObject(error(name));
    });
  });

  describe('DescribeFlowLogs', () => {
    it('finds logs by filters', async () => {
      const { FlowLogIds } = await create();
      const { FlowLogs } = await rig.ec2.send(
        new DescribeFlowLogsCommand({ Filter: [{ Name: 'resource-id', Values: [VpcId] }] }),
      );
      expect(FlowLogs!.map(({ FlowLogId }) => FlowLogId)).toEqual(FlowLogIds);
      await expect(
        rig.ec2.send(new DescribeFlowLogsCommand({ FlowLogIds: [unknownId('fl')] })),
      ).rejects.toMatchObject(error('InvalidFlowLogId.NotFound'));
    });
  });

  describe('DeleteFlowLogs', () => {
    it('deletes those that are there, and tells of others', async () => {
      const { FlowLogIds } = await create();
      const { Unsuccessful } = await rig.ec2.send(
        new DeleteFlowLogsCommand({ FlowLogIds: [...FlowLogIds!, unknownId('fl')] }),
      );
      expect(Unsuccessful).toMatchObject([
        { ResourceId: unknownId('fl'), Error: { Code: 'InvalidFlowLogId.NotFound' } },
      ]);
      expect((await rig.ec2.send(new DescribeFlowLogsCommand({}))).FlowLogs).toEqual([]);
    });
  });
});
