import {
  CreateVpcCommand,
  CreateVpcEndpointCommand,
  DeleteVpcEndpointsCommand,
  DescribeNetworkInterfacesCommand,
  DescribeRouteTablesCommand,
  DescribeVpcEndpointsCommand,
  DescribeVpcEndpointServicesCommand,
  ModifyVpcEndpointCommand,
  type CreateVpcEndpointCommandInput,
} from '@aws-sdk/client-ec2';
import { beforeEach, describe, expect, it } from 'vitest';
import { Ec2Rig, error, unknownId } from './ec2-rig.ts';

let rig: Ec2Rig;
beforeEach(async () => {
  rig = await Ec2Rig.open();
});

const s3 = 'com.amazonaws.us-east-1.s3';
const logs = 'com.amazonaws.us-east-1.logs';
const defaultVpcId = () => rig.defaultVpcId();
const subnetIds = () => rig.subnetIds();
const routeTable = async () => (await rig.ec2.send(new DescribeRouteTablesCommand({}))).RouteTables![0]!;
const prefixListId = () => rig.prefixListId(s3);

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
