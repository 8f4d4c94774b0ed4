// Random calls, many of them refused: whatever was made and deleted in whatever order, nothing refers to what is not there.
import {
  AllocateAddressCommand,
  AssociateAddressCommand,
  AssociateRouteTableCommand,
  AttachInternetGatewayCommand,
  AuthorizeSecurityGroupIngressCommand,
  CreateInternetGatewayCommand,
  CreateNatGatewayCommand,
  CreateNetworkAclCommand,
  CreateNetworkInterfaceCommand,
  CreateRouteTableCommand,
  CreateSecurityGroupCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  CreateVpcEndpointCommand,
  DeleteInternetGatewayCommand,
  DeleteNatGatewayCommand,
  DeleteNetworkAclCommand,
  DeleteNetworkInterfaceCommand,
  DeleteRouteTableCommand,
  DeleteSecurityGroupCommand,
  DeleteSubnetCommand,
  DeleteVpcCommand,
  DeleteVpcEndpointsCommand,
  DetachInternetGatewayCommand,
  ReleaseAddressCommand,
} from '@aws-sdk/client-ec2';
import { expect, it } from 'vitest';
import { seededRandom, type Random } from '../../../src/lib/random.ts';
import { addresses } from '../../../src/aws/ec2/state/address/address.ts';
import { internetGateways } from '../../../src/aws/ec2/state/internet-gateway/internet-gateway.ts';
import { isLiveNatGateway, natGateways } from '../../../src/aws/ec2/state/nat-gateway/nat-gateway.ts';
import { networkAcls } from '../../../src/aws/ec2/state/network-acl/network-acl.ts';
import { networkInterfaces } from '../../../src/aws/ec2/state/network-interface/network-interface.ts';
import { routeTables } from '../../../src/aws/ec2/state/route-table/route-table.ts';
import { securityGroups } from '../../../src/aws/ec2/state/security-group/security-group.ts';
import { securityGroupRules } from '../../../src/aws/ec2/state/security-group/security-group-rule.ts';
import { subnets } from '../../../src/aws/ec2/state/subnet/subnet.ts';
import { vpcEndpoints } from '../../../src/aws/ec2/state/vpc-endpoint/vpc-endpoint.ts';
import { vpcs } from '../../../src/aws/ec2/state/vpc/vpc.ts';
import type { ReadTransaction } from '../../../src/store/store.ts';
import { Ec2Rig } from './ec2-rig.ts';

type Call = () => Promise<unknown>;

/** The ids of rows that there are, or one that there is not. */
function picker(rig: Ec2Rig, random: Random) {
  const { store } = rig.ecsRig.controlPlane;
  const below = (max: number): number => Math.floor(random.next() * max);
  const one = (table: typeof vpcs): string =>
    store.view((tx) => {
      const ids = [...tx.table(table).all()].map(({ id }) => id);
      return ids[below(ids.length)] ?? 'none-0123456789abcdef0';
    });
  return { below, one: (table: object) => one(table as typeof vpcs) };
}

function calls(rig: Ec2Rig, random: Random): readonly Call[] {
  const { below, one } = picker(rig, random);
  const { ec2 } = rig;
  const VpcId = () => one(vpcs);
  const SubnetId = () => one(subnets);
  const GroupId = () => one(securityGroups);
  const RouteTableId = () => one(routeTables);
  const AllocationId = () => one(addresses);
  const NetworkInterfaceId = () => one(networkInterfaces);
  const InternetGatewayId = () => one(internetGateways);
  return [
    () => ec2.send(new CreateVpcCommand({ CidrBlock: `10.${below(4)}.0.0/16` })),
    () => ec2.send(new DeleteVpcCommand({ VpcId: VpcId() })),
    () => ec2.send(new CreateSubnetCommand({ VpcId: VpcId(), CidrBlock: `10.${below(4)}.${below(3)}.0/28` })),
    () => ec2.send(new DeleteSubnetCommand({ SubnetId: SubnetId() })),
    () =>
      ec2.send(
        new CreateSecurityGroupCommand({ VpcId: VpcId(), GroupName: `g${below(3)}`, Description: 'd' }),
      ),
    () => ec2.send(new DeleteSecurityGroupCommand({ GroupId: GroupId() })),
    () =>
      ec2.send(
        new AuthorizeSecurityGroupIngressCommand({
          GroupId: GroupId(),
          IpPermissions: [{ IpProtocol: '-1', UserIdGroupPairs: [{ GroupId: GroupId() }] }],
        }),
      ),
    () => ec2.send(new CreateNetworkInterfaceCommand({ SubnetId: SubnetId(), Groups: [GroupId()] })),
    () => ec2.send(new CreateNetworkInterfaceCommand({ SubnetId: SubnetId() })),
    () => ec2.send(new DeleteNetworkInterfaceCommand({ NetworkInterfaceId: NetworkInterfaceId() })),
    () => ec2.send(new CreateRouteTableCommand({ VpcId: VpcId() })),
    () => ec2.send(new DeleteRouteTableCommand({ RouteTableId: RouteTableId() })),
    () => ec2.send(new AssociateRouteTableCommand({ RouteTableId: RouteTableId(), SubnetId: SubnetId() })),
    () => ec2.send(new CreateNetworkAclCommand({ VpcId: VpcId() })),
    () => ec2.send(new DeleteNetworkAclCommand({ NetworkAclId: one(networkAcls) })),
    () => ec2.send(new CreateInternetGatewayCommand({})),
    () =>
      ec2.send(new AttachInternetGatewayCommand({ InternetGatewayId: InternetGatewayId(), VpcId: VpcId() })),
    () =>
      ec2.send(new DetachInternetGatewayCommand({ InternetGatewayId: InternetGatewayId(), VpcId: VpcId() })),
    () => ec2.send(new DeleteInternetGatewayCommand({ InternetGatewayId: InternetGatewayId() })),
    () => ec2.send(new AllocateAddressCommand({})),
    () => ec2.send(new ReleaseAddressCommand({ AllocationId: AllocationId() })),
    () =>
      ec2.send(
        new AssociateAddressCommand({
          AllocationId: AllocationId(),
          NetworkInterfaceId: NetworkInterfaceId(),
        }),
      ),
    () => ec2.send(new CreateNatGatewayCommand({ SubnetId: SubnetId(), AllocationId: AllocationId() })),
    () => ec2.send(new DeleteNatGatewayCommand({ NatGatewayId: one(natGateways) })),
    () =>
      ec2.send(
        new CreateVpcEndpointCommand({
          VpcId: VpcId(),
          ServiceName: 'com.amazonaws.us-east-1.s3',
          RouteTableIds: [RouteTableId()],
        }),
      ),
    () =>
      ec2.send(
        new CreateVpcEndpointCommand({
          VpcId: VpcId(),
          ServiceName: 'com.amazonaws.us-east-1.logs',
          VpcEndpointType: 'Interface',
          PrivateDnsEnabled: false,
          SubnetIds: [SubnetId()],
        }),
      ),
    () => ec2.send(new DeleteVpcEndpointsCommand({ VpcEndpointIds: [one(vpcEndpoints)] })),
    () => rig.advance(below(3000)),
  ];
}

/** Every reference that leads to nothing, as a sentence. */
function dangling(tx: ReadTransaction): readonly string[] {
  const found: string[] = [];
  const needs = (owner: string, table: object, id: string | undefined): void => {
    const there = id === undefined || tx.table(table as typeof vpcs).get(id) !== undefined;
    if (!there) found.push(`${owner} refers to ${id}`);
  };
  for (const { id, vpcId, networkAclId } of tx.table(subnets).all()) {
    needs(id, vpcs, vpcId);
    needs(id, networkAcls, networkAclId);
  }
  for (const table of [routeTables, networkAcls, securityGroups, internetGateways, vpcEndpoints])
    for (const { id, vpcId } of tx.table(table as typeof internetGateways).all()) needs(id, vpcs, vpcId);
  for (const { id, associations } of tx.table(routeTables).all())
    for (const { subnetId } of associations) needs(id, subnets, subnetId);
  for (const { id, groupId, match } of tx.table(securityGroupRules).all()) {
    needs(id, securityGroups, groupId);
    if (match.peer.kind === 'group') needs(id, securityGroups, match.peer.value);
  }
  for (const { id, subnetId, vpcId, groupIds } of tx.table(networkInterfaces).all()) {
    needs(id, subnets, subnetId);
    needs(id, vpcs, vpcId);
    for (const groupId of groupIds) needs(id, securityGroups, groupId);
  }
  for (const { id, networkInterfaceId } of tx.table(addresses).all())
    needs(id, networkInterfaces, networkInterfaceId);
  for (const gateway of tx.table(natGateways).all()) {
    if (!isLiveNatGateway(gateway)) continue;
    needs(gateway.id, networkInterfaces, gateway.networkInterfaceId);
    needs(gateway.id, addresses, gateway.allocationId);
  }
  for (const { id, routeTableIds, networkInterfaceIds } of tx.table(vpcEndpoints).all()) {
    for (const one of routeTableIds) needs(id, routeTables, one);
    for (const one of networkInterfaceIds) needs(id, networkInterfaces, one);
  }
  return found;
}

it.each([1, 2, 3, 4])('every reference holds: seed %i', async (seed) => {
  const rig = await Ec2Rig.open();
  const random = seededRandom(seed);
  const all = calls(rig, random);
  const { store } = rig.ecsRig.controlPlane;
  let done = 0;
  for (let step = 0; step < 200; step++) {
    const call = all[Math.floor(random.next() * all.length)]!;
    try {
      await call();
      done++;
    } catch (thrown) {
      expect((thrown as Error).name).not.toMatch(/^Internal/);
    }
    expect(store.view(dangling)).toEqual([]);
  }
  expect(done).toBeGreaterThan(60);
});
