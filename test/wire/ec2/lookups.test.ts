import {
  AllocateAddressCommand,
  CreateInternetGatewayCommand,
  CreateNatGatewayCommand,
  CreateTagsCommand,
  CreateVpcCommand,
  CreateVpcEndpointCommand,
  DeleteTagsCommand,
  DeleteVpcEndpointsCommand,
  DescribeAccountAttributesCommand,
  DescribeAvailabilityZonesCommand,
  DescribeImagesCommand,
  DescribeInstanceAttributeCommand,
  DescribeInstancesCommand,
  DescribeInstanceStatusCommand,
  DescribeInstanceTypeOfferingsCommand,
  DescribeInstanceTypesCommand,
  DescribeManagedPrefixListsCommand,
  DescribeNetworkInterfacesCommand,
  DescribePrefixListsCommand,
  DescribeRegionsCommand,
  DescribeRouteTablesCommand,
  DescribeSubnetsCommand,
  DescribeTagsCommand,
  DescribeVpcEndpointsCommand,
  DescribeVpcEndpointServicesCommand,
  DescribeVpcsCommand,
  DescribeVpnGatewaysCommand,
  GetManagedPrefixListEntriesCommand,
  ModifyVpcEndpointCommand,
  type CreateVpcEndpointCommandInput,
} from '@aws-sdk/client-ec2';
import { CreateClusterCommand, DescribeContainerInstancesCommand } from '@aws-sdk/client-ecs';
import { beforeEach, describe, expect, it } from 'vitest';
import { Ec2Rig, error, unknownId } from './ec2-rig.ts';

let rig: Ec2Rig;
beforeEach(async () => {
  rig = await Ec2Rig.open();
});

const s3 = 'com.amazonaws.us-east-1.s3';
const logs = 'com.amazonaws.us-east-1.logs';
const defaultVpcId = async () => (await rig.ec2.send(new DescribeVpcsCommand({}))).Vpcs![0]!.VpcId!;
const subnetIds = async () =>
  (await rig.ec2.send(new DescribeSubnetsCommand({})))
    .Subnets!.toSorted((one, other) => (one.AvailabilityZone! < other.AvailabilityZone! ? -1 : 1))
    .map(({ SubnetId }) => SubnetId!);
const routeTable = async () => (await rig.ec2.send(new DescribeRouteTablesCommand({}))).RouteTables![0]!;
const prefixListId = async () =>
  (
    await rig.ec2.send(
      new DescribePrefixListsCommand({ Filters: [{ Name: 'prefix-list-name', Values: [s3] }] }),
    )
  ).PrefixLists![0]!.PrefixListId!;

describe('DescribeAvailabilityZones', () => {
  it('tells of three zones', async () => {
    const call = (input = {}) => rig.ec2.send(new DescribeAvailabilityZonesCommand(input));
    expect((await call()).AvailabilityZones).toMatchObject([
      { ZoneName: 'us-east-1a', ZoneId: 'use1-az1', State: 'available', OptInStatus: 'opt-in-not-required' },
      { ZoneName: 'us-east-1b' },
      { ZoneName: 'us-east-1c' },
    ]);
    expect((await call({ ZoneIds: ['use1-az2'] })).AvailabilityZones).toHaveLength(1);
    expect(
      (await call({ Filters: [{ Name: 'opt-in-status', Values: ['opted-in'] }] })).AvailabilityZones,
    ).toEqual([]);
    await expect(call({ ZoneNames: ['mars-1a'] })).rejects.toMatchObject(
      error('InvalidParameterValue', 'Invalid availability zone: [mars-1a]'),
    );
  });
});

describe('DescribeRegions', () => {
  it('tells of the regions of AWS', async () => {
    const call = (input = {}) => rig.ec2.send(new DescribeRegionsCommand(input));
    expect((await call()).Regions).toHaveLength(17);
    expect((await call({ RegionNames: ['eu-west-1'] })).Regions).toEqual([
      {
        RegionName: 'eu-west-1',
        Endpoint: 'ec2.eu-west-1.amazonaws.com',
        OptInStatus: 'opt-in-not-required',
      },
    ]);
    await expect(call({ RegionNames: ['mars-1'] })).rejects.toMatchObject(error('InvalidParameterValue'));
  });
});

describe('DescribeAccountAttributes', () => {
  it('tells of VPCs alone', async () => {
    const { AccountAttributes } = await rig.ec2.send(
      new DescribeAccountAttributesCommand({ AttributeNames: ['supported-platforms', 'default-vpc'] }),
    );
    expect(AccountAttributes).toEqual([
      { AttributeName: 'supported-platforms', AttributeValues: [{ AttributeValue: 'VPC' }] },
      { AttributeName: 'default-vpc', AttributeValues: [{ AttributeValue: await defaultVpcId() }] },
    ]);
    await expect(
      rig.ec2.send(new DescribeAccountAttributesCommand({ AttributeNames: ['colour' as never] })),
    ).rejects.toMatchObject(error('InvalidParameterValue'));
  });
});

describe('DescribeVpnGateways', () => {
  it('tells that there are none', async () => {
    const call = (input: object) => rig.ec2.send(new DescribeVpnGatewaysCommand(input));
    expect((await call({ Filters: [{ Name: 'attachment.vpc-id', Values: ['vpc-1'] }] })).VpnGateways).toEqual(
      [],
    );
    await expect(call({ VpnGatewayIds: [unknownId('vgw')] })).rejects.toMatchObject(
      error('InvalidVpnGatewayID.NotFound'),
    );
    await expect(call({ Filters: [{ Name: 'colour', Values: ['red'] }] })).rejects.toMatchObject(
      error('InvalidParameterValue'),
    );
  });
});

describe('DescribeInstanceTypes', () => {
  it('tells of types by name and by filters', async () => {
    const call = (input: object) => rig.ec2.send(new DescribeInstanceTypesCommand(input));
    expect((await call({ InstanceTypes: ['m5.large'] })).InstanceTypes).toMatchObject([
      {
        VCpuInfo: { DefaultVCpus: 2, DefaultCores: 1, DefaultThreadsPerCore: 2 },
        MemoryInfo: { SizeInMiB: 8192 },
        NetworkInfo: { MaximumNetworkInterfaces: 3, Ipv4AddressesPerInterface: 10 },
        ProcessorInfo: { SupportedArchitectures: ['x86_64'] },
      },
    ]);
    const { InstanceTypes } = await call({
      Filters: [
        { Name: 'processor-info.supported-architecture', Values: ['arm64'] },
        { Name: 'vcpu-info.default-vcpus', Values: ['64'] },
      ],
    });
    expect(InstanceTypes!.map(({ InstanceType }) => InstanceType)).toContain('m7g.16xlarge');
    const first = await call({ MaxResults: 100 });
    const { InstanceTypes: rest } = await call({ MaxResults: 100, NextToken: first.NextToken });
    expect(rest!.length).toBeGreaterThan(0);
    await expect(call({ InstanceTypes: ['p5.48xlarge'] })).rejects.toMatchObject(
      error('InvalidInstanceType', 'The following supplied instance types do not exist: [p5.48xlarge]'),
    );
    await expect(call({ MaxResults: 101 })).rejects.toMatchObject(error('InvalidParameterValue'));
  });

  it('names a type that no SDK has, and does not list those that there are', async () => {
    const asked = new DescribeInstanceTypesCommand({ InstanceTypes: ['t99.micro' as 't3.micro'] });
    await expect(rig.ec2.send(asked)).rejects.toMatchObject(
      error('InvalidInstanceType', 'The following supplied instance types do not exist: [t99.micro]'),
    );
  });
});

describe('DescribeInstanceTypeOfferings', () => {
  it('offers each type in each zone', async () => {
    const call = (LocationType: 'availability-zone' | 'region' | 'availability-zone-id' | 'outpost') =>
      rig.ec2.send(
        new DescribeInstanceTypeOfferingsCommand({
          LocationType,
          Filters: [{ Name: 'instance-type', Values: ['t3.micro'] }],
        }),
      );
    expect((await call('region')).InstanceTypeOfferings).toEqual([
      { InstanceType: 't3.micro', LocationType: 'region', Location: 'us-east-1' },
    ]);
    expect((await call('availability-zone')).InstanceTypeOfferings).toHaveLength(3);
    expect((await call('availability-zone-id')).InstanceTypeOfferings).toHaveLength(3);
    await expect(call('outpost')).rejects.toMatchObject(error('UnsupportedOperation'));
  });
});

describe('DescribeImages', () => {
  it('finds the images of hosts', async () => {
    const call = (input: object) => rig.ec2.send(new DescribeImagesCommand(input));
    const { Images } = await call({
      Owners: ['amazon'],
      Filters: [{ Name: 'name', Values: ['al2023-ami-ecs-hvm-*-arm64'] }],
    });
    expect(Images).toMatchObject([
      {
        Architecture: 'arm64',
        State: 'available',
        OwnerId: '591542846629',
        ImageOwnerAlias: 'amazon',
        RootDeviceName: '/dev/xvda',
        BlockDeviceMappings: [{ DeviceName: '/dev/xvda', Ebs: { VolumeSize: 30, VolumeType: 'gp3' } }],
      },
    ]);
    expect((await call({ ImageIds: [Images![0]!.ImageId] })).Images).toHaveLength(1);
    expect((await call({ Owners: ['self'] })).Images).toEqual([]);
    await expect(call({ ImageIds: [unknownId('ami')] })).rejects.toMatchObject(
      error('InvalidAMIID.NotFound', "The image id '[ami-0123456789abcdef0]' does not exist"),
    );
  });
});

describe('DescribePrefixLists', () => {
  it('tells the addresses of s3 and dynamodb', async () => {
    const { PrefixLists } = await rig.ec2.send(new DescribePrefixListsCommand({}));
    expect(new Set(PrefixLists!.map(({ PrefixListName }) => PrefixListName))).toEqual(
      new Set(['com.amazonaws.us-east-1.dynamodb', s3]),
    );
    expect(PrefixLists![0]!.Cidrs).toHaveLength(1);
    await expect(
      rig.ec2.send(new DescribePrefixListsCommand({ PrefixListIds: ['pl-1'] })),
    ).rejects.toMatchObject(
      error('InvalidPrefixListID.NotFound', "The prefix list ID 'pl-1' does not exist"),
    );
  });
});

describe('DescribeManagedPrefixLists', () => {
  it('tells of the lists of AWS', async () => {
    const id = await prefixListId();
    const call = (one: string) =>
      rig.ec2.send(new DescribeManagedPrefixListsCommand({ PrefixListIds: [one] }));
    expect((await call(id)).PrefixLists).toMatchObject([
      { PrefixListId: id, PrefixListName: s3, OwnerId: 'AWS', AddressFamily: 'IPv4' },
    ]);
    await expect(call('pl-1')).rejects.toMatchObject(error('InvalidPrefixListID.NotFound'));
  });
});

describe('GetManagedPrefixListEntries', () => {
  it('tells the addresses of a list', async () => {
    const call = (PrefixListId: string) =>
      rig.ec2.send(new GetManagedPrefixListEntriesCommand({ PrefixListId }));
    expect((await call(await prefixListId())).Entries).toEqual([{ Cidr: '198.19.240.0/21' }]);
    await expect(call('pl-1')).rejects.toMatchObject(error('InvalidPrefixListID.NotFound'));
  });
});

describe('VPC endpoints', () => {
  const create = async (more: Partial<CreateVpcEndpointCommandInput> = {}) =>
    (
      await rig.ec2.send(
        new CreateVpcEndpointCommand({ VpcId: await defaultVpcId(), ServiceName: s3, ...more }),
      )
    ).VpcEndpoint!;
  const gateway = async (more: Partial<CreateVpcEndpointCommandInput> = {}) =>
    create({ RouteTableIds: [(await routeTable()).RouteTableId!], ...more });
  const endpoint = async (more: Partial<CreateVpcEndpointCommandInput> = {}) =>
    create({
      ServiceName: logs,
      VpcEndpointType: 'Interface',
      SubnetIds: (await subnetIds()).slice(0, 2),
      ...more,
    });
  const described = async (id: string) =>
    (await rig.ec2.send(new DescribeVpcEndpointsCommand({ VpcEndpointIds: [id] }))).VpcEndpoints![0]!;
  const interfaces = async () =>
    (await rig.ec2.send(new DescribeNetworkInterfacesCommand({}))).NetworkInterfaces!;

  describe('CreateVpcEndpoint', () => {
    it('is a route of its tables where it is a gateway', async () => {
      const made = await gateway({ ClientToken: 'once' });
      expect(made).toMatchObject({
        VpcEndpointId: expect.stringMatching(/^vpce-[0-9a-f]{17}$/),
        VpcEndpointType: 'Gateway',
        ServiceName: s3,
        State: 'available',
        PolicyDocument: expect.stringContaining('"Effect":"Allow"'),
      });
      expect((await gateway({ ClientToken: 'once' })).VpcEndpointId).toBe(made.VpcEndpointId);
      expect((await routeTable()).Routes).toContainEqual(
        expect.objectContaining({
          DestinationPrefixListId: await prefixListId(),
          GatewayId: made.VpcEndpointId,
          State: 'active',
        }),
      );
      await expect(gateway()).rejects.toMatchObject(error('RouteAlreadyExists'));
    });

    it('has a network interface in each subnet where it is one', async () => {
      const made = await endpoint();
      expect(made).toMatchObject({
        VpcEndpointType: 'Interface',
        PrivateDnsEnabled: true,
        NetworkInterfaceIds: { length: 2 },
        Groups: [{ GroupName: 'default' }],
        DnsEntries: [
          { DnsName: `${made.VpcEndpointId}.logs.us-east-1.vpce.amazonaws.com` },
          { DnsName: `${made.VpcEndpointId}-us-east-1a.logs.us-east-1.vpce.amazonaws.com` },
          { DnsName: `${made.VpcEndpointId}-us-east-1b.logs.us-east-1.vpce.amazonaws.com` },
          { DnsName: 'logs.us-east-1.amazonaws.com' },
        ],
      });
      const all = await interfaces();
      expect(new Set(all.map(({ NetworkInterfaceId }) => NetworkInterfaceId))).toEqual(
        new Set(made.NetworkInterfaceIds),
      );
      expect(all[0]).toMatchObject({
        InterfaceType: 'vpc_endpoint',
        RequesterManaged: true,
        Status: 'in-use',
      });
      await expect(endpoint()).rejects.toMatchObject(error('InvalidParameter'));
    });

    it('refuses what does not fit', async () => {
      const refused = (more: Partial<CreateVpcEndpointCommandInput>, name: string) =>
        expect(create(more)).rejects.toMatchObject(error(name));
      await refused({ ServiceName: 'com.amazonaws.us-east-1.braket' }, 'InvalidServiceName');
      await refused({ ServiceName: logs }, 'InvalidServiceName');
      await refused({ ServiceName: undefined }, 'MissingParameter');
      await refused({ VpcId: unknownId('vpc') }, 'InvalidVpcID.NotFound');
      await refused({ RouteTableIds: [unknownId('rtb')] }, 'InvalidRouteTableID.NotFound');
      await refused({ SubnetIds: await subnetIds() }, 'InvalidParameterCombination');
      await refused({ PolicyDocument: '{' }, 'InvalidParameterValue');
      await refused({ VpcEndpointType: 'GatewayLoadBalancer' }, 'UnsupportedOperation');
      await refused({ VpcEndpointType: 'Interface', IpAddressType: 'dualstack' }, 'UnsupportedOperation');
      const { Vpc } = await rig.ec2.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }));
      await refused(
        { VpcId: Vpc!.VpcId, ServiceName: logs, VpcEndpointType: 'Interface' },
        'InvalidParameterValue',
      );
    });
  });

  describe('ModifyVpcEndpoint', () => {
    it('changes subnets, route tables and policy', async () => {
      const { VpcEndpointId, NetworkInterfaceIds } = await endpoint();
      const [first, , third] = await subnetIds();
      const modify = (more: object, id = VpcEndpointId) =>
        rig.ec2.send(new ModifyVpcEndpointCommand({ VpcEndpointId: id, ...more }));
      await modify({ AddSubnetIds: [third], RemoveSubnetIds: [first], PolicyDocument: '{"a":1}' });
      const changed = await described(VpcEndpointId!);
      expect(changed).toMatchObject({
        SubnetIds: expect.not.arrayContaining([first]),
        PolicyDocument: '{"a":1}',
      });
      expect(changed.SubnetIds).toContain(third);
      expect(changed.NetworkInterfaceIds).not.toEqual(NetworkInterfaceIds);
      expect(await interfaces()).toHaveLength(2);
      await modify({ ResetPolicy: true });
      expect((await described(VpcEndpointId!)).PolicyDocument).toContain('Allow');
      await expect(modify({ AddRouteTableIds: ['rtb-1'] })).rejects.toMatchObject(
        error('InvalidParameterCombination'),
      );
      const { VpcEndpointId: gatewayId } = await gateway();
      await modify({ RemoveRouteTableIds: [(await routeTable()).RouteTableId] }, gatewayId);
      expect((await described(gatewayId!)).RouteTableIds).toEqual([]);
      await expect(modify({ AddSubnetIds: [first] }, gatewayId)).rejects.toMatchObject(
        error('InvalidParameterCombination'),
      );
      await expect(modify({}, unknownId('vpce'))).rejects.toMatchObject(
        error('InvalidVpcEndpointId.NotFound'),
      );
    });
  });

  describe('DescribeVpcEndpoints', () => {
    it('finds endpoints by filters', async () => {
      const { VpcEndpointId } = await gateway();
      await endpoint();
      const { VpcEndpoints } = await rig.ec2.send(
        new DescribeVpcEndpointsCommand({ Filters: [{ Name: 'service-name', Values: [s3] }] }),
      );
      expect(VpcEndpoints!.map((one) => one.VpcEndpointId)).toEqual([VpcEndpointId]);
      await expect(described(unknownId('vpce'))).rejects.toMatchObject(
        error('InvalidVpcEndpointId.NotFound', "The Vpc Endpoint Id 'vpce-0123456789abcdef0' does not exist"),
      );
    });
  });

  describe('DeleteVpcEndpoints', () => {
    it('takes interfaces and routes along, and tells of those that are not there', async () => {
      const ids = [(await gateway()).VpcEndpointId!, (await endpoint()).VpcEndpointId!];
      const { Unsuccessful } = await rig.ec2.send(
        new DeleteVpcEndpointsCommand({ VpcEndpointIds: [...ids, unknownId('vpce')] }),
      );
      expect(Unsuccessful).toMatchObject([
        { ResourceId: unknownId('vpce'), Error: { Code: 'InvalidVpcEndpointId.NotFound' } },
      ]);
      expect(await interfaces()).toEqual([]);
      expect((await routeTable()).Routes).toHaveLength(2);
    });
  });

  describe('DescribeVpcEndpointServices', () => {
    it('tells what endpoints may be made for', async () => {
      const call = (...ServiceNames: string[]) =>
        rig.ec2.send(new DescribeVpcEndpointServicesCommand({ ServiceNames }));
      const { ServiceNames, ServiceDetails } = await call(s3);
      expect(ServiceNames).toEqual([s3]);
      expect(ServiceDetails).toMatchObject([
        { ServiceType: [{ ServiceType: 'Gateway' }] },
        { ServiceType: [{ ServiceType: 'Interface' }] },
      ]);
      await expect(call('com.amazonaws.us-east-1.braket')).rejects.toMatchObject(error('InvalidServiceName'));
    });
  });
});

describe('tags', () => {
  const tagsOf = async (id: string) =>
    (
      await rig.ec2.send(new DescribeTagsCommand({ Filters: [{ Name: 'resource-id', Values: [id] }] }))
    ).Tags!.map(({ Key, Value }) => `${Key}=${Value}`);
  const create = (Resources: string[], Tags: object[]) =>
    rig.ec2.send(new CreateTagsCommand({ Resources, Tags: Tags as never }));

  describe('CreateTags', () => {
    it('gives tags to resources of any kind, to all or to none', async () => {
      const vpc = await defaultVpcId();
      const [subnet] = await subnetIds();
      await create([vpc, subnet!], [{ Key: 'a', Value: '1' }, { Key: 'b' }]);
      await create([vpc], [{ Key: 'a', Value: '2' }]);
      expect(await tagsOf(vpc)).toEqual(['a=2', 'b=']);
      expect(await tagsOf(subnet!)).toEqual(['a=1', 'b=']);
      await expect(create([vpc, unknownId('igw')], [{ Key: 'c' }])).rejects.toMatchObject(
        error('InvalidInternetGatewayID.NotFound'),
      );
      expect(await tagsOf(vpc)).toHaveLength(2);
    });

    it.each([
      [['x-1'], [{ Key: 'a' }], 'InvalidID'],
      [[unknownId('nat')], [{ Key: 'a' }], 'NatGatewayNotFound'],
      [[unknownId('lt')], [{ Key: 'a' }], 'InvalidLaunchTemplateId.NotFound'],
      [[unknownId('key')], [{ Key: 'a' }], 'InvalidKeyPair.NotFound'],
      [[unknownId('fl')], [{ Key: 'a' }], 'InvalidFlowLogId.NotFound'],
      [[unknownId('vpc')], [{ Key: 'aws:a' }], 'InvalidParameterValue'],
      [[unknownId('vpc')], [{ Key: '' }], 'InvalidParameterValue'],
      [[unknownId('vpc')], [{ Key: 'a', Value: 'v'.repeat(257) }], 'InvalidParameterValue'],
      [[unknownId('vpc')], [{ Key: 'a' }, { Key: 'a' }], 'InvalidParameterValue'],
      [[unknownId('vpc')], Array.from({ length: 51 }, (_, n) => ({ Key: `k${n}` })), 'TagLimitExceeded'],
    ])('refuses tags of %j', async (resources, tags, name) => {
      await expect(create(resources, tags)).rejects.toMatchObject(error(name));
    });

    it('gives a resource 50 tags at most', async () => {
      const vpc = await defaultVpcId();
      await create(
        [vpc],
        Array.from({ length: 50 }, (_, n) => ({ Key: `k${n}` })),
      );
      await create([vpc], [{ Key: 'k1', Value: 'again' }]);
      await expect(create([vpc], [{ Key: 'more' }])).rejects.toMatchObject(error('TagLimitExceeded'));
    });
  });

  describe('DeleteTags', () => {
    it('takes tags away by key, by key and value, or all', async () => {
      const vpc = await defaultVpcId();
      const remove = (Tags?: object[]) =>
        rig.ec2.send(new DeleteTagsCommand({ Resources: [vpc], ...(Tags && { Tags: Tags as never }) }));
      await create([vpc], [{ Key: 'a', Value: '1' }, { Key: 'b', Value: '1' }, { Key: 'c' }]);
      await remove([{ Key: 'a' }, { Key: 'b', Value: '2' }]);
      expect(await tagsOf(vpc)).toEqual(['b=1', 'c=']);
      await remove();
      expect(await tagsOf(vpc)).toEqual([]);
      await expect(
        rig.ec2.send(new DeleteTagsCommand({ Resources: [unknownId('vpc')] })),
      ).rejects.toMatchObject(error('InvalidVpcID.NotFound'));
    });
  });

  describe('DescribeTags', () => {
    it('finds tags by what has them', async () => {
      const vpc = await defaultVpcId();
      await create([vpc, ...(await subnetIds())], [{ Key: 'a', Value: '1' }]);
      const found = async (Name: string, value: string) =>
        (await rig.ec2.send(new DescribeTagsCommand({ Filters: [{ Name, Values: [value] }] }))).Tags!;
      expect(await found('resource-type', 'vpc')).toEqual([
        { Key: 'a', Value: '1', ResourceId: vpc, ResourceType: 'vpc' },
      ]);
      expect(await found('key', 'a')).toHaveLength(4);
      expect(await found('tag:a', '1')).toHaveLength(4);
      await expect(found('colour', 'red')).rejects.toMatchObject(error('InvalidParameterValue'));
    });
  });
});

describe('hosts', () => {
  const host = async () => {
    await rig.ecsRig.ecs.send(new CreateClusterCommand({}));
    const arn = await rig.ecsRig.instance({ zone: 'us-east-1b' });
    rig.ecsRig.connect(arn, { name: 'host-1', address: '192.0.2.7' });
    const { containerInstances } = await rig.ecsRig.ecs.send(
      new DescribeContainerInstancesCommand({ containerInstances: [arn] }),
    );
    return { arn, id: containerInstances![0]!.ec2InstanceId! };
  };

  describe('DescribeInstances', () => {
    it('tells of container instances, by the ids that ECS tells', async () => {
      const { id } = await host();
      const { Reservations } = await rig.ec2.send(new DescribeInstancesCommand({ InstanceIds: [id] }));
      expect(Reservations).toMatchObject([
        {
          OwnerId: '000000000000',
          Instances: [
            {
              InstanceId: id,
              State: { Code: 16, Name: 'running' },
              Placement: { AvailabilityZone: 'us-east-1b' },
              PrivateDnsName: 'host-1',
              PrivateIpAddress: '192.0.2.7',
              Architecture: 'x86_64',
            },
          ],
        },
      ]);
      const found = async (Name: string, value: string) =>
        (await rig.ec2.send(new DescribeInstancesCommand({ Filters: [{ Name, Values: [value] }] })))
          .Reservations!;
      expect(await found('instance-state-name', 'running')).toHaveLength(1);
      expect(await found('availability-zone', 'us-east-1a')).toEqual([]);
      await expect(
        rig.ec2.send(new DescribeInstancesCommand({ InstanceIds: [id], MaxResults: 5 })),
      ).rejects.toMatchObject(error('InvalidParameterCombination'));
      await expect(
        rig.ec2.send(new DescribeInstancesCommand({ InstanceIds: [unknownId('i')] })),
      ).rejects.toMatchObject(
        error('InvalidInstanceID.NotFound', "The instance ID 'i-0123456789abcdef0' does not exist"),
      );
    });
  });

  describe('DescribeInstanceStatus', () => {
    it('tells what agents say of their hosts', async () => {
      const { arn, id } = await host();
      const status = async () =>
        (await rig.ec2.send(new DescribeInstanceStatusCommand({ InstanceIds: [id] }))).InstanceStatuses!;
      expect(await status()).toMatchObject([{ InstanceStatus: { Status: 'insufficient-data' } }]);
      await rig.ecsRig.reportInstanceStatus(arn, 'OK');
      expect(await status()).toMatchObject([
        {
          InstanceId: id,
          InstanceState: { Name: 'running' },
          InstanceStatus: { Status: 'ok' },
          SystemStatus: { Status: 'ok' },
        },
      ]);
      await rig.ecsRig.reportInstanceStatus(arn, 'IMPAIRED');
      expect(await status()).toMatchObject([{ InstanceStatus: { Status: 'impaired' } }]);
      await expect(
        rig.ec2.send(new DescribeInstanceStatusCommand({ InstanceIds: [unknownId('i'), unknownId('mi')] })),
      ).rejects.toMatchObject(error('InvalidInstanceID.NotFound'));
    });
  });

  describe('DescribeInstanceAttribute', () => {
    it('tells attributes that hosts have', async () => {
      const { id } = await host();
      const told = (Attribute: string, InstanceId = id) =>
        rig.ec2.send(new DescribeInstanceAttributeCommand({ InstanceId, Attribute: Attribute as never }));
      expect(await told('disableApiTermination')).toMatchObject({ DisableApiTermination: { Value: false } });
      expect(await told('instanceType')).toMatchObject({ InstanceId: id });
      await expect(told('kernel')).rejects.toMatchObject(error('UnsupportedOperation'));
      await expect(told('userData', unknownId('i'))).rejects.toMatchObject(
        error('InvalidInstanceID.NotFound'),
      );
    });
  });
});

describe('client tokens', () => {
  it('are good for one request, and for one only', async () => {
    const [SubnetId] = await subnetIds();
    const { AllocationId } = await rig.ec2.send(new AllocateAddressCommand({}));
    const create = (more: object = {}) =>
      rig.ec2.send(new CreateNatGatewayCommand({ SubnetId, AllocationId, ClientToken: 'token', ...more }));
    const first = await create();
    expect(first.ClientToken).toBe('token');
    expect((await create()).NatGateway!.NatGatewayId).toBe(first.NatGateway!.NatGatewayId);
    await expect(create({ ConnectivityType: 'public' })).rejects.toMatchObject(
      error('IdempotentParameterMismatch'),
    );
    await expect(create({ ClientToken: 't'.repeat(65) })).rejects.toMatchObject(
      error('InvalidParameterValue'),
    );
  });
});

describe('DryRun', () => {
  it('changes nothing', async () => {
    const call = (DryRun: boolean) => rig.ec2.send(new CreateInternetGatewayCommand({ DryRun }));
    await expect(call(true)).rejects.toMatchObject({
      ...error('DryRunOperation', 'Request would have succeeded, but DryRun flag is set.'),
      $metadata: { httpStatusCode: 412 },
    });
    expect(await call(false)).toHaveProperty('InternetGateway');
  });
});
