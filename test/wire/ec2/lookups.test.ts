import {
  AllocateAddressCommand,
  CreateInternetGatewayCommand,
  CreateNatGatewayCommand,
  DescribeAccountAttributesCommand,
  DescribeAvailabilityZonesCommand,
  DescribeImagesCommand,
  DescribeInstanceTypeOfferingsCommand,
  DescribeInstanceTypesCommand,
  DescribeManagedPrefixListsCommand,
  DescribePrefixListsCommand,
  DescribeRegionsCommand,
  DescribeVpnGatewaysCommand,
  GetManagedPrefixListEntriesCommand,
} from '@aws-sdk/client-ec2';
import { beforeEach, describe, expect, it } from 'vitest';
import { Ec2Rig, error, unknownId } from './ec2-rig.ts';

let rig: Ec2Rig;
beforeEach(async () => {
  rig = await Ec2Rig.open();
});

const s3 = 'com.amazonaws.us-east-1.s3';
const defaultVpcId = () => rig.defaultVpcId();
const subnetIds = () => rig.subnetIds();
const prefixListId = () => rig.prefixListId(s3);

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
