import {
  AllocateAddressCommand,
  AssociateAddressCommand,
  AssociateRouteTableCommand,
  AttachInternetGatewayCommand,
  CreateInternetGatewayCommand,
  CreateNatGatewayCommand,
  CreateNetworkInterfaceCommand,
  CreateRouteCommand,
  CreateRouteTableCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  DeleteInternetGatewayCommand,
  DeleteNatGatewayCommand,
  DeleteNetworkInterfaceCommand,
  DeleteRouteCommand,
  DeleteRouteTableCommand,
  DeleteSubnetCommand,
  DescribeInternetGatewaysCommand,
  DescribeNatGatewaysCommand,
  DescribeNetworkInterfacesCommand,
  DescribeRouteTablesCommand,
  DescribeAddressesCommand,
  DetachInternetGatewayCommand,
  DisassociateAddressCommand,
  DisassociateRouteTableCommand,
  ReleaseAddressCommand,
  ReplaceRouteCommand,
  ReplaceRouteTableAssociationCommand,
  type CreateNatGatewayCommandInput,
  type CreateRouteCommandInput,
} from '@aws-sdk/client-ec2';
import { beforeEach, describe, expect, it } from 'vitest';
import { Ec2Rig, error, unknownId } from './ec2-rig.ts';

let rig: Ec2Rig;
let VpcId: string;
let SubnetId: string;
let RouteTableId: string;
let InternetGatewayId: string;
beforeEach(async () => {
  rig = await Ec2Rig.open();
  VpcId = (await rig.ec2.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }))).Vpc!.VpcId!;
  SubnetId = await subnet('10.0.1.0/24');
  RouteTableId = await routeTable();
  const { InternetGateway } = await rig.ec2.send(new CreateInternetGatewayCommand({}));
  InternetGatewayId = InternetGateway!.InternetGatewayId!;
});

const subnet = async (CidrBlock: string, vpc = VpcId) =>
  (await rig.ec2.send(new CreateSubnetCommand({ VpcId: vpc, CidrBlock }))).Subnet!.SubnetId!;
const routeTable = async (vpc = VpcId) =>
  (await rig.ec2.send(new CreateRouteTableCommand({ VpcId: vpc }))).RouteTable!.RouteTableId!;
const attach = (gateway = InternetGatewayId, vpc = VpcId) =>
  rig.ec2.send(new AttachInternetGatewayCommand({ InternetGatewayId: gateway, VpcId: vpc }));
const detach = () => rig.ec2.send(new DetachInternetGatewayCommand({ InternetGatewayId, VpcId }));
const otherVpc = async () =>
  (await rig.ec2.send(new CreateVpcCommand({ CidrBlock: '10.9.0.0/16' }))).Vpc!.VpcId!;
const described = async (id = RouteTableId) =>
  (await rig.ec2.send(new DescribeRouteTablesCommand({ RouteTableIds: [id] }))).RouteTables![0]!;
const mainTable = async () =>
  (
    await rig.ec2.send(
      new DescribeRouteTablesCommand({
        Filters: [
          { Name: 'vpc-id', Values: [VpcId] },
          { Name: 'association.main', Values: ['true'] },
        ],
      }),
    )
  ).RouteTables![0]!;
const route = (more: Partial<CreateRouteCommandInput>) =>
  rig.ec2.send(
    new CreateRouteCommand({
      RouteTableId,
      DestinationCidrBlock: '0.0.0.0/0',
      GatewayId: InternetGatewayId,
      ...more,
    }),
  );
const associate = async (SubnetIdOf = SubnetId, table = RouteTableId) =>
  (await rig.ec2.send(new AssociateRouteTableCommand({ RouteTableId: table, SubnetId: SubnetIdOf })))
    .AssociationId!;
const allocate = async () => rig.ec2.send(new AllocateAddressCommand({ Domain: 'vpc' }));
const natGateway = async (more: Partial<CreateNatGatewayCommandInput> = {}) => {
  const { AllocationId } = await allocate();
  const input = { SubnetId, AllocationId, ...more };
  return (await rig.ec2.send(new CreateNatGatewayCommand(input))).NatGateway!;
};
const natGateways = async (ids?: string[]) =>
  (await rig.ec2.send(new DescribeNatGatewaysCommand(ids ? { NatGatewayIds: ids } : {}))).NatGateways!;

describe('CreateRouteTable', () => {
  it('makes a table with the routes of its VPC, once for a client token', async () => {
    const create = async (more = {}) =>
      (await rig.ec2.send(new CreateRouteTableCommand({ VpcId, ClientToken: 'once', ...more }))).RouteTable!;
    const table = await create();
    expect(table).toMatchObject({
      RouteTableId: expect.stringMatching(/^rtb-[0-9a-f]{17}$/),
      VpcId,
      Associations: [],
      Routes: [{ DestinationCidrBlock: '10.0.0.0/16', GatewayId: 'local' }],
    });
    expect((await create()).RouteTableId).toBe(table.RouteTableId);
    await expect(create({ VpcId: await otherVpc() })).rejects.toMatchObject(
      error('IdempotentParameterMismatch'),
    );
    await expect(routeTable(unknownId('vpc'))).rejects.toMatchObject(error('InvalidVpcID.NotFound'));
  });
});

describe('CreateRoute', () => {
  it('leads to an internet gateway, a NAT gateway or a network interface', async () => {
    await attach();
    await route({});
    await route({});
    const { NatGatewayId } = await natGateway();
    await route({ DestinationCidrBlock: '192.168.0.0/16', GatewayId: undefined, NatGatewayId });
    const { NetworkInterface } = await rig.ec2.send(new CreateNetworkInterfaceCommand({ SubnetId }));
    const { NetworkInterfaceId } = NetworkInterface!;
    await route({
      DestinationCidrBlock: undefined,
      DestinationIpv6CidrBlock: '::/0',
      GatewayId: undefined,
      NetworkInterfaceId,
    });
    expect((await described()).Routes).toMatchObject([
      { DestinationCidrBlock: '10.0.0.0/16', GatewayId: 'local', Origin: 'CreateRouteTable' },
      {
        DestinationCidrBlock: '0.0.0.0/0',
        GatewayId: InternetGatewayId,
        Origin: 'CreateRoute',
        State: 'active',
      },
      { DestinationCidrBlock: '192.168.0.0/16', NatGatewayId, State: 'active' },
      { DestinationIpv6CidrBlock: '::/0', NetworkInterfaceId, State: 'active' },
    ]);
    await rig.ec2.send(new DeleteNetworkInterfaceCommand({ NetworkInterfaceId }));
    expect((await described()).Routes![3]).toMatchObject({ State: 'blackhole' });
  });

  it('refuses what leads nowhere, or is there', async () => {
    const refused = (more: Partial<CreateRouteCommandInput>, name: string, message?: string) =>
      expect(route(more)).rejects.toMatchObject(error(name, message));
    await refused(
      {},
      'InvalidParameterValue',
      `route table ${RouteTableId} and network gateway ${InternetGatewayId} belong to different networks`,
    );
    await attach();
    await route({});
    const { NatGatewayId } = await natGateway();
    await refused(
      { GatewayId: undefined, NatGatewayId },
      'RouteAlreadyExists',
      'The route identified by 0.0.0.0/0 already exists.',
    );
    await refused({ DestinationCidrBlock: '10.0.0.0/16' }, 'RouteAlreadyExists');
    await refused({ DestinationCidrBlock: 'x' }, 'InvalidParameterValue');
    await refused({ DestinationCidrBlock: undefined }, 'MissingParameter');
    await refused({ DestinationIpv6CidrBlock: '::/0' }, 'InvalidParameterCombination');
    await refused({ GatewayId: undefined }, 'MissingParameter');
    await refused({ NatGatewayId }, 'InvalidParameterCombination');
    await refused({ GatewayId: unknownId('igw') }, 'InvalidGatewayID.NotFound');
    await refused({ GatewayId: undefined, NatGatewayId: unknownId('nat') }, 'InvalidNatGatewayID.NotFound');
    await refused(
      { GatewayId: undefined, NetworkInterfaceId: unknownId('eni') },
      'InvalidNetworkInterfaceID.NotFound',
    );
    await refused(
      { DestinationCidrBlock: undefined, DestinationPrefixListId: 'pl-1' },
      'InvalidPrefixListID.NotFound',
    );
    await refused({ GatewayId: undefined, TransitGatewayId: 'tgw-1' }, 'UnsupportedOperation');
    await refused({ GatewayId: unknownId('vgw') }, 'UnsupportedOperation');
    await refused({ RouteTableId: unknownId('rtb') }, 'InvalidRouteTableID.NotFound');
  });
});

describe('ReplaceRoute', () => {
  it('leads elsewhere', async () => {
    await attach();
    await route({});
    const { NatGatewayId } = await natGateway();
    const replace = (more = {}) =>
      rig.ec2.send(
        new ReplaceRouteCommand({ RouteTableId, DestinationCidrBlock: '0.0.0.0/0', NatGatewayId, ...more }),
      );
    await replace();
    expect((await described()).Routes![1]).toMatchObject({ NatGatewayId });
    await expect(replace({ DestinationCidrBlock: '1.0.0.0/8' })).rejects.toMatchObject(
      error(
        'InvalidRoute.NotFound',
        `no route with destination-cidr-block 1.0.0.0/8 in route table ${RouteTableId}`,
      ),
    );
    await expect(replace({ LocalTarget: true })).rejects.toMatchObject(error('UnsupportedOperation'));
  });
});

describe('DeleteRoute', () => {
  it('takes a route away, never the local one', async () => {
    await attach();
    await route({});
    const remove = (DestinationCidrBlock: string) =>
      rig.ec2.send(new DeleteRouteCommand({ RouteTableId, DestinationCidrBlock }));
    await remove('0.0.0.0/0');
    expect((await described()).Routes).toHaveLength(1);
    await expect(remove('0.0.0.0/0')).rejects.toMatchObject(error('InvalidRoute.NotFound'));
    await expect(remove('10.0.0.0/16')).rejects.toMatchObject(
      error('InvalidParameterValue', `cannot remove local route 10.0.0.0/16 in route table ${RouteTableId}`),
    );
  });
});

describe('AssociateRouteTable', () => {
  it('gives a subnet a table; the same again is no error', async () => {
    const id = await associate();
    expect(id).toMatch(/^rtbassoc-[0-9a-f]{17}$/);
    expect(await associate()).toBe(id);
    expect((await described()).Associations).toMatchObject([
      { Main: false, RouteTableAssociationId: id, SubnetId, AssociationState: { State: 'associated' } },
    ]);
    await expect(associate(SubnetId, await routeTable())).rejects.toMatchObject(
      error('Resource.AlreadyAssociated'),
    );
    const stranger = await subnet('10.9.1.0/24', await otherVpc());
    await expect(associate(stranger)).rejects.toMatchObject(error('InvalidParameterValue'));
    await expect(associate(unknownId('subnet'))).rejects.toMatchObject(error('InvalidSubnetID.NotFound'));
    await expect(
      rig.ec2.send(new AssociateRouteTableCommand({ RouteTableId, GatewayId: InternetGatewayId })),
    ).rejects.toMatchObject(error('UnsupportedOperation'));
    await expect(rig.ec2.send(new AssociateRouteTableCommand({ RouteTableId }))).rejects.toMatchObject(
      error('MissingParameter'),
    );
  });
});

describe('DisassociateRouteTable', () => {
  it('leaves the subnet to the main table', async () => {
    const AssociationId = await associate();
    const disassociate = (id: string) =>
      rig.ec2.send(new DisassociateRouteTableCommand({ AssociationId: id }));
    await disassociate(AssociationId);
    expect((await described()).Associations).toEqual([]);
    await expect(disassociate(AssociationId)).rejects.toMatchObject(
      error('InvalidAssociationID.NotFound', `The association ID '${AssociationId}' does not exist`),
    );
    const main = (await mainTable()).Associations![0]!.RouteTableAssociationId!;
    await expect(disassociate(main)).rejects.toMatchObject(
      error('InvalidParameterValue', `cannot disassociate the main route table association ${main}`),
    );
  });
});

describe('ReplaceRouteTableAssociation', () => {
  it('gives a subnet another table, and a VPC another main table', async () => {
    const replace = async (AssociationId: string, table: string) =>
      (await rig.ec2.send(new ReplaceRouteTableAssociationCommand({ AssociationId, RouteTableId: table })))
        .NewAssociationId!;
    const other = await routeTable();
    const moved = await replace(await associate(), other);
    expect((await described(other)).Associations).toMatchObject([
      { RouteTableAssociationId: moved, SubnetId },
    ]);
    expect((await described()).Associations).toEqual([]);
    const main = await mainTable();
    const id = await replace(main.Associations![0]!.RouteTableAssociationId!, RouteTableId);
    expect((await mainTable()).RouteTableId).toBe(RouteTableId);
    expect((await described()).Associations).toMatchObject([{ Main: true, RouteTableAssociationId: id }]);
    await rig.ec2.send(new DeleteRouteTableCommand({ RouteTableId: main.RouteTableId }));
    const stranger = await routeTable(await otherVpc());
    await expect(replace(id, stranger)).rejects.toMatchObject(error('InvalidParameterValue'));
    await expect(replace(unknownId('rtbassoc'), other)).rejects.toMatchObject(
      error('InvalidAssociationID.NotFound'),
    );
  });
});

describe('DeleteRouteTable', () => {
  it('deletes one that nothing goes by', async () => {
    const remove = (id: string) => rig.ec2.send(new DeleteRouteTableCommand({ RouteTableId: id }));
    await associate();
    await expect(remove(RouteTableId)).rejects.toMatchObject(
      error(
        'DependencyViolation',
        `The routeTable '${RouteTableId}' has dependencies and cannot be deleted.`,
      ),
    );
    await expect(remove((await mainTable()).RouteTableId!)).rejects.toMatchObject(
      error('DependencyViolation'),
    );
    await rig.ec2.send(new DeleteSubnetCommand({ SubnetId }));
    await remove(RouteTableId);
    await expect(remove(RouteTableId)).rejects.toMatchObject(error('InvalidRouteTableID.NotFound'));
  });
});

describe('DescribeRouteTables', () => {
  it('finds tables by their associations and routes', async () => {
    await attach();
    await route({});
    const id = await associate();
    const found = async (Name: string, value: string) =>
      (
        await rig.ec2.send(new DescribeRouteTablesCommand({ Filters: [{ Name, Values: [value] }] }))
      ).RouteTables!.map((table) => table.RouteTableId);
    expect(await found('association.route-table-association-id', id)).toEqual([RouteTableId]);
    expect(await found('association.subnet-id', SubnetId)).toEqual([RouteTableId]);
    expect(await found('route.gateway-id', InternetGatewayId)).toEqual([RouteTableId]);
    expect(await found('route.gateway-id', 'local')).toHaveLength(3);
    await expect(described(unknownId('rtb'))).rejects.toMatchObject(
      error('InvalidRouteTableID.NotFound', "The routeTable ID 'rtb-0123456789abcdef0' does not exist"),
    );
  });
});

describe('CreateInternetGateway', () => {
  it('makes one of no VPC', async () => {
    const { InternetGateway } = await rig.ec2.send(
      new CreateInternetGatewayCommand({
        TagSpecifications: [{ ResourceType: 'internet-gateway', Tags: [{ Key: 'a', Value: 'b' }] }],
      }),
    );
    expect(InternetGateway).toMatchObject({ Attachments: [], Tags: [{ Key: 'a', Value: 'b' }] });
    await expect(
      rig.ec2.send(new CreateInternetGatewayCommand({ TagSpecifications: [{ ResourceType: 'vpc' }] })),
    ).rejects.toMatchObject(error('InvalidParameterValue'));
  });
});

describe('AttachInternetGateway', () => {
  it('is the one way out of a VPC', async () => {
    await attach();
    const { InternetGateways } = await rig.ec2.send(
      new DescribeInternetGatewaysCommand({ Filters: [{ Name: 'attachment.vpc-id', Values: [VpcId] }] }),
    );
    expect(InternetGateways).toMatchObject([
      { InternetGatewayId, Attachments: [{ VpcId, State: 'available' }] },
    ]);
    await expect(attach()).rejects.toMatchObject(
      error(
        'Resource.AlreadyAssociated',
        `resource ${InternetGatewayId} is already attached to network ${VpcId}`,
      ),
    );
    const { InternetGateway } = await rig.ec2.send(new CreateInternetGatewayCommand({}));
    await expect(attach(InternetGateway!.InternetGatewayId!)).rejects.toMatchObject(
      error('InvalidParameterValue', `Network ${VpcId} already has an internet gateway attached`),
    );
    await expect(attach(unknownId('igw'))).rejects.toMatchObject(error('InvalidInternetGatewayID.NotFound'));
    await expect(attach(InternetGateway!.InternetGatewayId!, unknownId('vpc'))).rejects.toMatchObject(
      error('InvalidVpcID.NotFound'),
    );
  });
});

describe('DetachInternetGateway', () => {
  it('leaves its routes without an end', async () => {
    await attach();
    await route({});
    await detach();
    expect((await described()).Routes![1]).toMatchObject({ State: 'blackhole' });
    await expect(detach()).rejects.toMatchObject(
      error('Gateway.NotAttached', `resource ${InternetGatewayId} is not attached to network ${VpcId}`),
    );
  });

  it('is refused while the VPC has public addresses', async () => {
    await attach();
    await natGateway();
    await expect(detach()).rejects.toMatchObject(
      error(
        'DependencyViolation',
        `Network ${VpcId} has some mapped public address(es). Please unmap those public address(es) before detaching the gateway.`,
      ),
    );
  });
});

describe('DeleteInternetGateway', () => {
  it('deletes one that is of no VPC', async () => {
    const remove = () => rig.ec2.send(new DeleteInternetGatewayCommand({ InternetGatewayId }));
    await attach();
    await expect(remove()).rejects.toMatchObject(error('DependencyViolation'));
    await detach();
    await remove();
    await expect(remove()).rejects.toMatchObject(error('InvalidInternetGatewayID.NotFound'));
  });
});

describe('DescribeInternetGateways', () => {
  it('finds gateways by id', async () => {
    const call = (id: string) =>
      rig.ec2.send(new DescribeInternetGatewaysCommand({ InternetGatewayIds: [id] }));
    expect((await call(InternetGatewayId)).InternetGateways).toHaveLength(1);
    await expect(call(unknownId('igw'))).rejects.toMatchObject(error('InvalidInternetGatewayID.NotFound'));
  });
});

describe('CreateNatGateway', () => {
  it('is pending, then available, with an interface in its subnet and an address', async () => {
    await attach();
    const { AllocationId, PublicIp } = await allocate();
    const gateway = await natGateway({ AllocationId, ClientToken: 'once' });
    expect(gateway).toMatchObject({
      NatGatewayId: expect.stringMatching(/^nat-[0-9a-f]{17}$/),
      State: 'pending',
      ConnectivityType: 'public',
      SubnetId,
      VpcId,
      NatGatewayAddresses: [{ AllocationId, PublicIp, IsPrimary: true }],
    });
    const again = await natGateway({ AllocationId, ClientToken: 'once' });
    expect(again.NatGatewayId).toBe(gateway.NatGatewayId);
    await rig.advance(2000);
    const [shown] = await natGateways([gateway.NatGatewayId!]);
    expect(shown).toMatchObject({ State: 'available', NatGatewayAddresses: [{ Status: 'succeeded' }] });
    const { NetworkInterfaceId, PrivateIp } = shown!.NatGatewayAddresses![0]!;
    const { NetworkInterfaces } = await rig.ec2.send(
      new DescribeNetworkInterfacesCommand({ NetworkInterfaceIds: [NetworkInterfaceId!] }),
    );
    expect(NetworkInterfaces).toMatchObject([
      {
        InterfaceType: 'nat_gateway',
        Description: `Interface for NAT Gateway ${gateway.NatGatewayId}`,
        PrivateIpAddress: PrivateIp,
        RequesterManaged: true,
        Status: 'in-use',
        Association: { PublicIp, AllocationId },
      },
    ]);
    await expect(
      rig.ec2.send(new DeleteNetworkInterfaceCommand({ NetworkInterfaceId })),
    ).rejects.toMatchObject(
      error('InvalidParameterValue', `Network interface '${NetworkInterfaceId}' is currently in use.`),
    );
    await expect(rig.ec2.send(new DeleteSubnetCommand({ SubnetId }))).rejects.toMatchObject(
      error('DependencyViolation', `The subnet '${SubnetId}' has dependencies and cannot be deleted.`),
    );
  });

  it('fails where the VPC has no way out, and gives all back', async () => {
    const { AllocationId } = await allocate();
    const { NatGatewayId } = await natGateway({ AllocationId });
    await rig.advance(2000);
    expect(await natGateways([NatGatewayId!])).toMatchObject([
      {
        State: 'failed',
        FailureCode: 'Gateway.NotAttached',
        FailureMessage: `Network ${VpcId} has no Internet gateway attached`,
      },
    ]);
    await rig.ec2.send(new DeleteSubnetCommand({ SubnetId }));
    await rig.ec2.send(new ReleaseAddressCommand({ AllocationId }));
    await rig.ec2.send(new DeleteNatGatewayCommand({ NatGatewayId }));
    expect(await natGateways([NatGatewayId!])).toMatchObject([{ State: 'deleted' }]);
  });

  it('needs no address where it is private', async () => {
    const { NatGateway } = await rig.ec2.send(
      new CreateNatGatewayCommand({ SubnetId, ConnectivityType: 'private', PrivateIpAddress: '10.0.1.9' }),
    );
    await rig.advance(2000);
    expect(await natGateways([NatGateway!.NatGatewayId!])).toMatchObject([
      { State: 'available', NatGatewayAddresses: [{ PrivateIp: '10.0.1.9' }] },
    ]);
  });

  it('refuses what does not fit', async () => {
    const refused = (more: Partial<CreateNatGatewayCommandInput>, name: string) =>
      expect(natGateway(more)).rejects.toMatchObject(error(name));
    await refused({ AllocationId: undefined }, 'MissingParameter');
    await refused({ AllocationId: unknownId('eipalloc') }, 'InvalidElasticIpID.NotFound');
    await refused({ SubnetId: unknownId('subnet') }, 'InvalidSubnetID.NotFound');
    await refused({ SubnetId: undefined }, 'MissingParameter');
    await refused({ ConnectivityType: 'private' }, 'InvalidParameterCombination');
    await refused({ PrivateIpAddress: '10.0.1.1' }, 'InvalidParameterValue');
    await refused({ SecondaryAllocationIds: ['eipalloc-1'] }, 'UnsupportedOperation');
    await refused({ AvailabilityMode: 'regional' }, 'UnsupportedOperation');
  });

  it('fails where the address is another one’s, which keeps it', async () => {
    await attach();
    const { AllocationId } = await allocate();
    const first = await natGateway({ AllocationId });
    const second = await natGateway({ AllocationId });
    expect(second).toMatchObject({ State: 'pending' });
    expect(second).not.toHaveProperty('FailureCode');
    await rig.advance(2000);
    expect(await natGateways([first.NatGatewayId!, second.NatGatewayId!])).toMatchObject([
      { State: 'available' },
      {
        State: 'failed',
        FailureCode: 'Resource.AlreadyAssociated',
        FailureMessage: `Elastic IP address [${AllocationId}] is already associated`,
      },
    ]);
    const { Addresses } = await rig.ec2.send(
      new DescribeAddressesCommand({ AllocationIds: [AllocationId!] }),
    );
    expect(Addresses![0]!.NetworkInterfaceId).toBe(first.NatGatewayAddresses![0]!.NetworkInterfaceId);
  });
});

describe('DeleteNatGateway', () => {
  it('is deleting, then deleted, and an hour later forgotten', async () => {
    await attach();
    const { AllocationId } = await allocate();
    const { NatGatewayId } = await natGateway({ AllocationId });
    await rig.advance(2000);
    await expect(rig.ec2.send(new ReleaseAddressCommand({ AllocationId }))).rejects.toMatchObject(
      error('InvalidIPAddress.InUse'),
    );
    const remove = () => rig.ec2.send(new DeleteNatGatewayCommand({ NatGatewayId }));
    expect(await remove()).toMatchObject({ NatGatewayId });
    expect(await natGateways([NatGatewayId!])).toMatchObject([{ State: 'deleting' }]);
    await remove();
    await rig.advance(2000);
    expect(await natGateways([NatGatewayId!])).toMatchObject([
      { State: 'deleted', DeleteTime: expect.any(Date) },
    ]);
    await rig.ec2.send(new ReleaseAddressCommand({ AllocationId }));
    await rig.ec2.send(new DeleteSubnetCommand({ SubnetId }));
    await rig.advance(3_600_000);
    expect(await natGateways()).toEqual([]);
    await expect(remove()).rejects.toMatchObject(
      error('NatGatewayNotFound', `The Nat Gateway ${NatGatewayId} was not found`),
    );
  });
});

describe('DescribeNatGateways', () => {
  it('finds gateways by filters', async () => {
    await attach();
    const { NatGatewayId } = await natGateway();
    const found = async (Name: string, value: string) =>
      (
        await rig.ec2.send(new DescribeNatGatewaysCommand({ Filter: [{ Name, Values: [value] }] }))
      ).NatGateways!.map((gateway) => gateway.NatGatewayId);
    expect(await found('subnet-id', SubnetId)).toEqual([NatGatewayId]);
    expect(await found('state', 'pending')).toEqual([NatGatewayId]);
    expect(await found('state', 'available')).toEqual([]);
    await expect(natGateways([unknownId('nat')])).rejects.toMatchObject(error('NatGatewayNotFound'));
  });
});

describe('AllocateAddress', () => {
  it('gives an address that nobody has', async () => {
    const all = [];
    for (let n = 0; n < 20; n++) all.push((await allocate()).PublicIp!);
    expect(new Set(all).size).toBe(20);
    for (const address of all) expect(address).toMatch(/^198\.1[89]\./);
    expect(await allocate()).toMatchObject({ Domain: 'vpc', PublicIpv4Pool: 'amazon' });
    await expect(rig.ec2.send(new AllocateAddressCommand({ Domain: 'standard' }))).rejects.toMatchObject(
      error('InvalidParameterValue'),
    );
    await expect(rig.ec2.send(new AllocateAddressCommand({ Address: '1.2.3.4' }))).rejects.toMatchObject(
      error('UnsupportedOperation'),
    );
  });
});

describe('AssociateAddress', () => {
  const networkInterface = async () =>
    (await rig.ec2.send(new CreateNetworkInterfaceCommand({ SubnetId }))).NetworkInterface!
      .NetworkInterfaceId!;

  it('gives a network interface a public address', async () => {
    const { AllocationId, PublicIp } = await allocate();
    const NetworkInterfaceId = await networkInterface();
    const call = (more = {}) =>
      rig.ec2.send(new AssociateAddressCommand({ AllocationId, NetworkInterfaceId, ...more }));
    const { AssociationId } = await call();
    expect(await call()).toMatchObject({ AssociationId });
    const { Addresses } = await rig.ec2.send(
      new DescribeAddressesCommand({ Filters: [{ Name: 'association-id', Values: [AssociationId!] }] }),
    );
    expect(Addresses).toMatchObject([
      {
        AllocationId,
        PublicIp,
        Domain: 'vpc',
        NetworkInterfaceId,
        PrivateIpAddress: expect.stringMatching(/^10\.0\.1\./),
      },
    ]);
    const other = await networkInterface();
    await expect(call({ NetworkInterfaceId: other })).rejects.toMatchObject(
      error('Resource.AlreadyAssociated'),
    );
    await call({ NetworkInterfaceId: other, AllowReassociation: true });
    const second = await allocate();
    await expect(
      call({ AllocationId: second.AllocationId, NetworkInterfaceId: other }),
    ).rejects.toMatchObject(error('Resource.AlreadyAssociated'));
    await expect(call({ PrivateIpAddress: '10.0.1.250' })).rejects.toMatchObject(
      error('InvalidParameterValue'),
    );
    await expect(call({ NetworkInterfaceId: undefined })).rejects.toMatchObject(error('MissingParameter'));
    await expect(call({ NetworkInterfaceId: unknownId('eni') })).rejects.toMatchObject(
      error('InvalidNetworkInterfaceID.NotFound'),
    );
    await expect(call({ InstanceId: unknownId('i') })).rejects.toMatchObject(error('UnsupportedOperation'));
  });
});

describe('DisassociateAddress', () => {
  it('frees an address, but not a NAT gateway’s', async () => {
    await attach();
    const { AllocationId } = await allocate();
    const { NetworkInterface } = await rig.ec2.send(new CreateNetworkInterfaceCommand({ SubnetId }));
    const { NetworkInterfaceId } = NetworkInterface!;
    const { AssociationId } = await rig.ec2.send(
      new AssociateAddressCommand({ AllocationId, NetworkInterfaceId }),
    );
    await expect(rig.ec2.send(new ReleaseAddressCommand({ AllocationId }))).rejects.toMatchObject(
      error('InvalidIPAddress.InUse'),
    );
    const call = (id?: string) =>
      rig.ec2.send(new DisassociateAddressCommand(id === undefined ? {} : { AssociationId: id }));
    await call(AssociationId);
    await rig.ec2.send(new ReleaseAddressCommand({ AllocationId }));
    await expect(call(AssociationId)).rejects.toMatchObject(error('InvalidAssociationID.NotFound'));
    await expect(call()).rejects.toMatchObject(error('MissingParameter'));
    await natGateway();
    await rig.advance(2000);
    const [gateway] = await natGateways();
    await expect(call(gateway!.NatGatewayAddresses![0]!.AssociationId)).rejects.toMatchObject(
      error('AuthFailure'),
    );
  });
});

describe('ReleaseAddress', () => {
  it('gives an address back', async () => {
    const { AllocationId, PublicIp } = await allocate();
    await rig.ec2.send(new ReleaseAddressCommand({ AllocationId }));
    await expect(rig.ec2.send(new ReleaseAddressCommand({ AllocationId }))).rejects.toMatchObject(
      error('InvalidAllocationID.NotFound', `The allocation ID '${AllocationId}' does not exist`),
    );
    await expect(rig.ec2.send(new ReleaseAddressCommand({ PublicIp }))).rejects.toMatchObject(
      error('InvalidAddress.NotFound', `Address '${PublicIp}' not found.`),
    );
    await expect(rig.ec2.send(new ReleaseAddressCommand({}))).rejects.toMatchObject(
      error('MissingParameter'),
    );
  });
});

describe('DescribeAddresses', () => {
  it('finds addresses by allocation, by address, by filters', async () => {
    const { AllocationId, PublicIp } = await allocate();
    await allocate();
    const found = async (input: object) =>
      (await rig.ec2.send(new DescribeAddressesCommand(input))).Addresses!.map((one) => one.AllocationId);
    expect(await found({})).toHaveLength(2);
    expect(await found({ AllocationIds: [AllocationId] })).toEqual([AllocationId]);
    expect(await found({ PublicIps: [PublicIp] })).toEqual([AllocationId]);
    expect(await found({ Filters: [{ Name: 'public-ip', Values: [PublicIp] }] })).toEqual([AllocationId]);
    await expect(found({ AllocationIds: [unknownId('eipalloc')] })).rejects.toMatchObject(
      error('InvalidAllocationID.NotFound'),
    );
    await expect(found({ PublicIps: ['1.2.3.4'] })).rejects.toMatchObject(error('InvalidAddress.NotFound'));
  });
});
