import {
  AssociateVpcCidrBlockCommand,
  CreateDefaultSubnetCommand,
  CreateDefaultVpcCommand,
  CreateNetworkAclCommand,
  CreateRouteTableCommand,
  CreateSecurityGroupCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  DeleteInternetGatewayCommand,
  DeleteSubnetCommand,
  DeleteVpcCommand,
  DescribeInternetGatewaysCommand,
  DescribeNetworkAclsCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  DescribeVpcAttributeCommand,
  DescribeVpcsCommand,
  DetachInternetGatewayCommand,
  DisassociateVpcCidrBlockCommand,
  ModifySubnetAttributeCommand,
  ModifyVpcAttributeCommand,
  type CreateSubnetCommandInput,
  type CreateVpcCommandInput,
  type DescribeVpcsCommandInput,
} from '@aws-sdk/client-ec2';
import { beforeEach, describe, expect, it } from 'vitest';
import { Ec2Rig, error, unknownId } from './ec2-rig.ts';

let rig: Ec2Rig;
beforeEach(async () => {
  rig = await Ec2Rig.open();
});

const createVpc = async (input: CreateVpcCommandInput = { CidrBlock: '10.0.0.0/16' }) =>
  (await rig.ec2.send(new CreateVpcCommand(input))).Vpc!;
const createSubnet = async (VpcId: string, more: Partial<CreateSubnetCommandInput> = {}) =>
  (await rig.ec2.send(new CreateSubnetCommand({ VpcId, CidrBlock: '10.0.1.0/24', ...more }))).Subnet!;
const vpcs = async (input: DescribeVpcsCommandInput = {}) =>
  (await rig.ec2.send(new DescribeVpcsCommand(input))).Vpcs!;
const defaultVpc = async () => (await vpcs({ Filters: [{ Name: 'is-default', Values: ['true'] }] }))[0]!;
const ofVpc = (id: string) => ({ Filters: [{ Name: 'vpc-id', Values: [id] }] });
const tags = (type: 'vpc' | 'subnet', Key: string, Value: string) => ({
  TagSpecifications: [{ ResourceType: type, Tags: [{ Key, Value }] }],
});

describe('CreateVpc', () => {
  it('makes a VPC with a main route table, an ACL and a security group', async () => {
    const vpc = await createVpc({ CidrBlock: '10.0.0.18/16', ...tags('vpc', 'Name', 'main') });
    expect(vpc).toMatchObject({
      VpcId: expect.stringMatching(/^vpc-[0-9a-f]{17}$/),
      CidrBlock: '10.0.0.0/16',
      CidrBlockAssociationSet: [{ CidrBlock: '10.0.0.0/16', CidrBlockState: { State: 'associated' } }],
      State: 'available',
      InstanceTenancy: 'default',
      IsDefault: false,
      OwnerId: '000000000000',
      Tags: [{ Key: 'Name', Value: 'main' }],
    });
    const { RouteTables } = await rig.ec2.send(new DescribeRouteTablesCommand(ofVpc(vpc.VpcId!)));
    expect(RouteTables).toMatchObject([
      {
        Associations: [{ Main: true, AssociationState: { State: 'associated' } }],
        Routes: [
          {
            DestinationCidrBlock: '10.0.0.0/16',
            GatewayId: 'local',
            Origin: 'CreateRouteTable',
            State: 'active',
          },
        ],
      },
    ]);
    const { NetworkAcls } = await rig.ec2.send(new DescribeNetworkAclsCommand(ofVpc(vpc.VpcId!)));
    expect(NetworkAcls).toMatchObject([{ IsDefault: true, Entries: { length: 4 } }]);
    const { SecurityGroups } = await rig.ec2.send(new DescribeSecurityGroupsCommand(ofVpc(vpc.VpcId!)));
    expect(SecurityGroups).toMatchObject([
      {
        GroupName: 'default',
        IpPermissions: [
          {
            IpProtocol: '-1',
            UserIdGroupPairs: [{ GroupId: SecurityGroups![0]!.GroupId, UserId: '000000000000' }],
          },
        ],
        IpPermissionsEgress: [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }],
      },
    ]);
  });

  it.each([
    [{}, 'MissingParameter', 'The request must contain the parameter cidrBlock'],
    [
      { CidrBlock: 'x' },
      'InvalidParameterValue',
      'Value (x) for parameter cidrBlock is invalid. This is not a valid CIDR block.',
    ],
    [{ CidrBlock: '10.0.0.0/8' }, 'InvalidVpc.Range', "The CIDR '10.0.0.0/8' is invalid."],
    [{ CidrBlock: '10.0.0.0/29' }, 'InvalidVpc.Range', "The CIDR '10.0.0.0/29' is invalid."],
    [
      { CidrBlock: '10.0.0.0/16', AmazonProvidedIpv6CidrBlock: true },
      'UnsupportedOperation',
      'Longshore does not serve IPv6 addresses of VPCs and subnets.',
    ],
    [
      { Ipv4IpamPoolId: 'ipam-pool-1' },
      'UnsupportedOperation',
      'Longshore does not serve addresses from pools of IPAM.',
    ],
    [{ CidrBlock: '10.0.0.0/16', InstanceTenancy: 'host' }, 'UnsupportedOperation', undefined],
    [
      { CidrBlock: '10.0.0.0/16', ...tags('subnet', 'a', 'b') },
      'InvalidParameterValue',
      "'subnet' is not a valid taggable resource type for this operation.",
    ],
    [
      { CidrBlock: '10.0.0.0/16', ...tags('vpc', 'aws:a', 'b') },
      'InvalidParameterValue',
      "Tag keys starting with 'aws:' are reserved for internal use",
    ],
    [
      { CidrBlock: '10.0.0.0/16', DryRun: true },
      'DryRunOperation',
      'Request would have succeeded, but DryRun flag is set.',
    ],
  ] as const)('refuses %j', async (input, name, message) => {
    await expect(createVpc(input as CreateVpcCommandInput)).rejects.toMatchObject(error(name, message));
    expect(await vpcs()).toHaveLength(1);
  });
});

describe('DescribeVpcs', () => {
  it('begins with a default VPC in each region, with a subnet in each zone and a way out', async () => {
    const vpc = await defaultVpc();
    expect(vpc).toMatchObject({ CidrBlock: '172.31.0.0/16', IsDefault: true });
    const { Subnets } = await rig.ec2.send(new DescribeSubnetsCommand(ofVpc(vpc.VpcId!)));
    expect(
      Subnets!.map(({ AvailabilityZone, CidrBlock }) => `${AvailabilityZone} ${CidrBlock}`).toSorted(),
    ).toEqual(['us-east-1a 172.31.0.0/20', 'us-east-1b 172.31.16.0/20', 'us-east-1c 172.31.32.0/20']);
    expect(Subnets![0]).toMatchObject({
      DefaultForAz: true,
      MapPublicIpOnLaunch: true,
      AvailableIpAddressCount: 4091,
      State: 'available',
    });
    const { RouteTables } = await rig.ec2.send(new DescribeRouteTablesCommand({}));
    expect(RouteTables).toHaveLength(1);
    expect(RouteTables![0]!.Routes).toMatchObject([
      { DestinationCidrBlock: '172.31.0.0/16' },
      { DestinationCidrBlock: '0.0.0.0/0', GatewayId: expect.stringMatching(/^igw-/), State: 'active' },
    ]);
    const elsewhere = await rig.client('eu-west-1').send(new DescribeVpcsCommand({}));
    expect(elsewhere.Vpcs!.map(({ VpcId }) => VpcId)).not.toContain(vpc.VpcId);
    expect(elsewhere.Vpcs).toHaveLength(1);
  });

  it('finds VPCs by id, by filters and by tags', async () => {
    const one = await createVpc({ CidrBlock: '10.1.0.0/16', ...tags('vpc', 'stage', 'test-1') });
    const other = await createVpc({ CidrBlock: '10.2.0.0/16', ...tags('vpc', 'Stage', 'prod') });
    const found = async (Name: string, ...Values: string[]) =>
      (await vpcs({ Filters: [{ Name, Values }] })).map(({ VpcId }) => VpcId);
    expect((await vpcs({ VpcIds: [one.VpcId!] })).map(({ VpcId }) => VpcId)).toEqual([one.VpcId]);
    expect(await found('cidr', '10.1.0.0/16')).toEqual([one.VpcId]);
    expect(await found('tag:stage', 'test-?')).toEqual([one.VpcId]);
    expect(await found('tag:stage', 'prod', '*-1')).toEqual([one.VpcId]);
    expect(await found('tag-key', 'Stage')).toEqual([other.VpcId]);
    expect(await found('tag:stage', String.raw`test-\?`)).toEqual([]);
    expect(await found('isDefault', 'false')).toHaveLength(2);
    expect(
      await vpcs({
        Filters: [
          { Name: 'isDefault', Values: ['false'] },
          { Name: 'cidr-block', Values: ['10.2.*'] },
        ],
      }),
    ).toMatchObject([{ VpcId: other.VpcId }]);
  });

  it('gives pages', async () => {
    for (let n = 0; n < 7; n++) await createVpc({ CidrBlock: `10.${n}.0.0/16` });
    const first = await rig.ec2.send(new DescribeVpcsCommand({ MaxResults: 5 }));
    expect(first.Vpcs).toHaveLength(5);
    const { NextToken } = first;
    const second = await rig.ec2.send(new DescribeVpcsCommand({ MaxResults: 5, NextToken }));
    expect(second.NextToken).toBeUndefined();
    const ids = [...first.Vpcs!, ...second.Vpcs!].map(({ VpcId }) => VpcId);
    expect(new Set(ids).size).toBe(8);
    await expect(
      rig.ec2.send(new DescribeSubnetsCommand({ MaxResults: 5, NextToken })),
    ).rejects.toMatchObject(error('InvalidParameterValue'));
  });

  it.each([
    [
      { VpcIds: [unknownId('vpc')] },
      'InvalidVpcID.NotFound',
      "The vpc ID 'vpc-0123456789abcdef0' does not exist",
    ],
    [{ VpcIds: ['main'] }, 'InvalidVpcId.Malformed', 'Invalid id: "main" (expecting "vpc-...")'],
    [
      { Filters: [{ Name: 'colour', Values: ['red'] }] },
      'InvalidParameterValue',
      "The filter 'colour' is invalid",
    ],
    [{ Filters: [{ Name: 'cidr' }] }, 'InvalidParameterValue', "The filter 'cidr' has no values."],
    [{ MaxResults: 4 }, 'InvalidParameterValue', undefined],
    [{ MaxResults: 1001 }, 'InvalidParameterValue', undefined],
    [{ NextToken: 'x' }, 'InvalidParameterValue', undefined],
  ] as const)('refuses %j', async (input, name, message) => {
    await expect(vpcs(input as unknown as DescribeVpcsCommandInput)).rejects.toMatchObject(
      error(name, message),
    );
  });
});

describe('DescribeVpcAttribute', () => {
  it('tells one attribute', async () => {
    const { VpcId } = await createVpc();
    const told = async (
      Attribute: 'enableDnsSupport' | 'enableDnsHostnames' | 'enableNetworkAddressUsageMetrics',
    ) => rig.ec2.send(new DescribeVpcAttributeCommand({ VpcId, Attribute }));
    expect(await told('enableDnsSupport')).toMatchObject({ VpcId, EnableDnsSupport: { Value: true } });
    expect(await told('enableDnsHostnames')).toMatchObject({ EnableDnsHostnames: { Value: false } });
    expect(await told('enableNetworkAddressUsageMetrics')).toMatchObject({
      EnableNetworkAddressUsageMetrics: { Value: false },
    });
  });

  it('refuses a VPC that is not there, and a call without an attribute', async () => {
    const call = (input: object) => rig.ec2.send(new DescribeVpcAttributeCommand(input as never));
    await expect(call({ VpcId: unknownId('vpc'), Attribute: 'enableDnsSupport' })).rejects.toMatchObject(
      error('InvalidVpcID.NotFound'),
    );
    await expect(call({ VpcId: unknownId('vpc') })).rejects.toMatchObject(
      error('MissingParameter', 'The request must contain the parameter Attribute'),
    );
  });
});

describe('ModifyVpcAttribute', () => {
  it('changes one attribute at a time', async () => {
    const { VpcId } = await createVpc();
    await rig.ec2.send(new ModifyVpcAttributeCommand({ VpcId, EnableDnsHostnames: { Value: true } }));
    const told = await rig.ec2.send(
      new DescribeVpcAttributeCommand({ VpcId, Attribute: 'enableDnsHostnames' }),
    );
    expect(told.EnableDnsHostnames).toEqual({ Value: true });
    await expect(rig.ec2.send(new ModifyVpcAttributeCommand({ VpcId }))).rejects.toMatchObject(
      error('MissingParameter'),
    );
    await expect(
      rig.ec2.send(
        new ModifyVpcAttributeCommand({
          VpcId,
          EnableDnsHostnames: { Value: true },
          EnableDnsSupport: { Value: true },
        }),
      ),
    ).rejects.toMatchObject(error('InvalidParameterCombination'));
    await expect(
      rig.ec2.send(
        new ModifyVpcAttributeCommand({ VpcId: unknownId('vpc'), EnableDnsSupport: { Value: true } }),
      ),
    ).rejects.toMatchObject(error('InvalidVpcID.NotFound'));
  });
});

describe('AssociateVpcCidrBlock', () => {
  it('gives a VPC more addresses, up to five blocks', async () => {
    const { VpcId } = await createVpc();
    for (const n of [1, 2, 3, 4])
      await rig.ec2.send(new AssociateVpcCidrBlockCommand({ VpcId, CidrBlock: `10.${n}.0.0/16` }));
    expect((await vpcs({ VpcIds: [VpcId!] }))[0]!.CidrBlockAssociationSet).toHaveLength(5);
    await createSubnet(VpcId!, { CidrBlock: '10.3.0.0/24' });
    const associate = (CidrBlock: string) =>
      rig.ec2.send(new AssociateVpcCidrBlockCommand({ VpcId, CidrBlock }));
    await expect(associate('10.9.0.0/16')).rejects.toMatchObject(error('CidrLimitExceeded'));
    await expect(associate('10.0.4.0/24')).rejects.toMatchObject(error('InvalidVpc.Range'));
  });
});

describe('DisassociateVpcCidrBlock', () => {
  it('takes away a block that no subnet has, and never the first', async () => {
    const vpc = await createVpc();
    const { VpcId } = vpc;
    const associate = async (CidrBlock: string) =>
      (await rig.ec2.send(new AssociateVpcCidrBlockCommand({ VpcId, CidrBlock }))).CidrBlockAssociation!
        .AssociationId!;
    const [free, used] = [await associate('10.1.0.0/16'), await associate('10.2.0.0/16')];
    await createSubnet(VpcId!, { CidrBlock: '10.2.0.0/24' });
    const disassociate = (AssociationId: string) =>
      rig.ec2.send(new DisassociateVpcCidrBlockCommand({ AssociationId }));
    expect(await disassociate(free)).toMatchObject({
      VpcId,
      CidrBlockAssociation: { CidrBlock: '10.1.0.0/16' },
    });
    for (const id of [used, vpc.CidrBlockAssociationSet![0]!.AssociationId!])
      await expect(disassociate(id)).rejects.toMatchObject(error('OperationNotPermitted'));
    await expect(disassociate(unknownId('vpc-cidr-assoc'))).rejects.toMatchObject(
      error('InvalidVpcCidrBlockAssociationID.NotFound'),
    );
  });
});

describe('DeleteVpc', () => {
  it('takes what a VPC came with along', async () => {
    const { VpcId } = await createVpc();
    await rig.ec2.send(new DeleteVpcCommand({ VpcId }));
    await expect(vpcs({ VpcIds: [VpcId!] })).rejects.toMatchObject(error('InvalidVpcID.NotFound'));
    const { RouteTables } = await rig.ec2.send(new DescribeRouteTablesCommand(ofVpc(VpcId!)));
    expect(RouteTables).toEqual([]);
    await expect(rig.ec2.send(new DeleteVpcCommand({ VpcId }))).rejects.toMatchObject(
      error('InvalidVpcID.NotFound'),
    );
  });

  it.each([
    ['a subnet', (VpcId: string) => createSubnet(VpcId)],
    ['a route table', (VpcId: string) => rig.ec2.send(new CreateRouteTableCommand({ VpcId }))],
    ['an ACL', (VpcId: string) => rig.ec2.send(new CreateNetworkAclCommand({ VpcId }))],
    [
      'a security group',
      (VpcId: string) =>
        rig.ec2.send(new CreateSecurityGroupCommand({ VpcId, GroupName: 'g', Description: 'g' })),
    ],
  ])('refuses a VPC that has %s', async (_what, make) => {
    const { VpcId } = await createVpc();
    await make(VpcId!);
    await expect(rig.ec2.send(new DeleteVpcCommand({ VpcId }))).rejects.toMatchObject(
      error('DependencyViolation', `The vpc '${VpcId}' has dependencies and cannot be deleted.`),
    );
  });
});

describe('CreateDefaultVpc', () => {
  it('makes it again once it was deleted, and it stays deleted until then', async () => {
    await expect(rig.ec2.send(new CreateDefaultVpcCommand({}))).rejects.toMatchObject(
      error('DefaultVpcAlreadyExists'),
    );
    const { VpcId } = await defaultVpc();
    const { InternetGateways } = await rig.ec2.send(new DescribeInternetGatewaysCommand({}));
    const { InternetGatewayId } = InternetGateways![0]!;
    await rig.ec2.send(new DetachInternetGatewayCommand({ InternetGatewayId, VpcId }));
    await rig.ec2.send(new DeleteInternetGatewayCommand({ InternetGatewayId }));
    const { Subnets } = await rig.ec2.send(new DescribeSubnetsCommand({}));
    for (const { SubnetId } of Subnets!) await rig.ec2.send(new DeleteSubnetCommand({ SubnetId }));
    await rig.ec2.send(new DeleteVpcCommand({ VpcId }));
    expect(await vpcs()).toEqual([]);
    const { Vpc } = await rig.ec2.send(new CreateDefaultVpcCommand({}));
    expect(Vpc).toMatchObject({ IsDefault: true, CidrBlock: '172.31.0.0/16' });
  });
});

describe('CreateDefaultSubnet', () => {
  it('makes that of a zone again once it was deleted', async () => {
    const { Subnets } = await rig.ec2.send(
      new DescribeSubnetsCommand({ Filters: [{ Name: 'availability-zone', Values: ['us-east-1b'] }] }),
    );
    const create = (AvailabilityZone?: string) =>
      rig.ec2.send(new CreateDefaultSubnetCommand({ ...(AvailabilityZone && { AvailabilityZone }) }));
    await expect(create('us-east-1b')).rejects.toMatchObject(
      error('DefaultSubnetAlreadyExistsInAvailabilityZone'),
    );
    await rig.ec2.send(new DeleteSubnetCommand({ SubnetId: Subnets![0]!.SubnetId }));
    expect((await create('us-east-1b')).Subnet).toMatchObject({
      CidrBlock: '172.31.16.0/20',
      DefaultForAz: true,
    });
    await expect(create('us-east-1z')).rejects.toMatchObject(error('InvalidParameterValue'));
    await expect(create()).rejects.toMatchObject(error('MissingParameter'));
  });
});

describe('CreateSubnet', () => {
  it('makes a part of a VPC, in a zone that is named or chosen', async () => {
    const { VpcId } = await createVpc();
    const subnet = await createSubnet(VpcId!, {
      CidrBlock: '10.0.1.7/24',
      AvailabilityZoneId: 'use1-az2',
      ...tags('subnet', 'a', 'b'),
    });
    expect(subnet).toMatchObject({
      SubnetId: expect.stringMatching(/^subnet-[0-9a-f]{17}$/),
      SubnetArn: `arn:aws:ec2:us-east-1:000000000000:subnet/${subnet.SubnetId}`,
      VpcId,
      CidrBlock: '10.0.1.0/24',
      AvailabilityZone: 'us-east-1b',
      AvailabilityZoneId: 'use1-az2',
      AvailableIpAddressCount: 251,
      MapPublicIpOnLaunch: false,
      DefaultForAz: false,
      Tags: [{ Key: 'a', Value: 'b' }],
    });
    expect((await createSubnet(VpcId!, { CidrBlock: '10.0.2.0/28' })).AvailabilityZone).toBe('us-east-1a');
  });

  it('refuses what does not fit', async () => {
    const { VpcId } = await createVpc();
    await createSubnet(VpcId!);
    const refused = (more: Partial<CreateSubnetCommandInput>, name: string, message?: string) =>
      expect(createSubnet(VpcId!, more)).rejects.toMatchObject(error(name, message));
    await refused(
      { CidrBlock: '10.0.0.0/20' },
      'InvalidSubnet.Conflict',
      "The CIDR '10.0.0.0/20' conflicts with another subnet",
    );
    await refused({ CidrBlock: '10.0.1.128/25' }, 'InvalidSubnet.Conflict');
    await refused({ CidrBlock: '10.1.0.0/24' }, 'InvalidSubnet.Range', "The CIDR '10.1.0.0/24' is invalid.");
    await refused({ CidrBlock: '10.0.2.0/29' }, 'InvalidSubnet.Range');
    await refused({ CidrBlock: 'x' }, 'InvalidParameterValue');
    await refused({ CidrBlock: '10.0.2.0/24', AvailabilityZone: 'eu-west-1a' }, 'InvalidParameterValue');
    await refused({ CidrBlock: '10.0.2.0/24', VpcId: unknownId('vpc') }, 'InvalidVpcID.NotFound');
    await refused({ CidrBlock: '10.0.2.0/24', OutpostArn: 'arn' }, 'UnsupportedOperation');
    await refused({ CidrBlock: '10.0.2.0/24', Ipv6CidrBlock: 'fd00::/64' }, 'UnsupportedOperation');
  });
});

describe('DescribeSubnets', () => {
  it('finds subnets by id and by filters', async () => {
    const { VpcId } = await createVpc();
    const { SubnetId } = await createSubnet(VpcId!);
    const found = async (Name: string, value: string) =>
      (await rig.ec2.send(new DescribeSubnetsCommand({ Filters: [{ Name, Values: [value] }] }))).Subnets!.map(
        (subnet) => subnet.SubnetId,
      );
    expect(await found('vpc-id', VpcId!)).toEqual([SubnetId]);
    expect(await found('cidr-block', '10.0.1.0/24')).toEqual([SubnetId]);
    expect(await found('available-ip-address-count', '251')).toEqual([SubnetId]);
    expect(await found('default-for-az', 'true')).toHaveLength(3);
    expect(await found('availability-zone-id', 'use1-az3')).toHaveLength(1);
    await expect(
      rig.ec2.send(new DescribeSubnetsCommand({ SubnetIds: [unknownId('subnet')] })),
    ).rejects.toMatchObject(
      error('InvalidSubnetID.NotFound', "The subnet ID 'subnet-0123456789abcdef0' does not exist"),
    );
  });
});

describe('ModifySubnetAttribute', () => {
  it('changes one attribute at a time', async () => {
    const { VpcId } = await createVpc();
    const { SubnetId } = await createSubnet(VpcId!);
    const modify = (more: object) => rig.ec2.send(new ModifySubnetAttributeCommand({ SubnetId, ...more }));
    await modify({ MapPublicIpOnLaunch: { Value: true } });
    await modify({ PrivateDnsHostnameTypeOnLaunch: 'resource-name' });
    await modify({ EnableDns64: { Value: false } });
    const { Subnets } = await rig.ec2.send(new DescribeSubnetsCommand({ SubnetIds: [SubnetId!] }));
    expect(Subnets![0]).toMatchObject({
      MapPublicIpOnLaunch: true,
      PrivateDnsNameOptionsOnLaunch: { HostnameType: 'resource-name' },
    });
    await expect(modify({})).rejects.toMatchObject(error('MissingParameter'));
    await expect(
      modify({ MapPublicIpOnLaunch: { Value: true }, EnableDns64: { Value: false } }),
    ).rejects.toMatchObject(error('InvalidParameterCombination'));
    await expect(modify({ AssignIpv6AddressOnCreation: { Value: true } })).rejects.toMatchObject(
      error('UnsupportedOperation'),
    );
    await expect(modify({ CustomerOwnedIpv4Pool: 'p' })).rejects.toMatchObject(error('UnsupportedOperation'));
    await expect(
      modify({ SubnetId: unknownId('subnet'), MapPublicIpOnLaunch: { Value: true } }),
    ).rejects.toMatchObject(error('InvalidSubnetID.NotFound'));
  });
});

describe('DeleteSubnet', () => {
  it('deletes one that nothing is in', async () => {
    const { VpcId } = await createVpc();
    const { SubnetId } = await createSubnet(VpcId!);
    await rig.ec2.send(new DeleteSubnetCommand({ SubnetId }));
    await expect(rig.ec2.send(new DeleteSubnetCommand({ SubnetId }))).rejects.toMatchObject(
      error('InvalidSubnetID.NotFound'),
    );
  });
});
