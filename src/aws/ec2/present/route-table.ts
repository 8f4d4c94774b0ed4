import type { ReadTransaction } from '../../../store/store.ts';
import type { Presented } from '../../shared/presented.ts';
import type * as ec2 from '../shapes.generated.ts';
import { internetGateways } from '../state/internet-gateway/internet-gateway.ts';
import { isLiveNatGateway, natGateways } from '../state/nat-gateway/nat-gateway.ts';
import { networkInterfaces } from '../state/network-interface/network-interface.ts';
import type { Route, RouteTable } from '../state/route-table/route-table.ts';
import { prefixLists } from '../state/vpc-endpoint/endpoint-services.ts';
import { vpcEndpoints } from '../state/vpc-endpoint/vpc-endpoint.ts';
import { vpcs } from '../state/vpc/vpc.ts';
import { presentTags } from './tags.ts';

export const presentRouteTable = (tx: ReadTransaction, table: RouteTable): Presented<ec2.RouteTable> => ({
  RouteTableId: table.id,
  OwnerId: table.accountId,
  VpcId: table.vpcId,
  Associations: presentAssociations(table),
  PropagatingVgws: [],
  Routes: presentRoutes(tx, table),
  Tags: presentTags(table.tags),
});

const associated = { AssociationState: { State: 'associated' } } as const;

function presentAssociations({
  id: RouteTableId,
  mainAssociationId,
  associations,
}: RouteTable): readonly ec2.RouteTableAssociation[] {
  const main =
    mainAssociationId === undefined
      ? []
      : [{ Main: true, RouteTableAssociationId: mainAssociationId, RouteTableId, ...associated }];
  const others = associations.map(({ id, subnetId }) => ({
    Main: false,
    RouteTableAssociationId: id,
    RouteTableId,
    SubnetId: subnetId,
    ...associated,
  }));
  return [...main, ...others];
}

/** All of a table's routes: within the VPC, the user's own, and to the services that its gateway endpoints lead to. */
export function presentRoutes(tx: ReadTransaction, table: RouteTable): readonly Presented<ec2.Route>[] {
  const local = tx
    .table(vpcs)
    .get(table.vpcId)!
    .cidrBlocks.map(({ cidrBlock }) =>
      presentRoute({ DestinationCidrBlock: cidrBlock, GatewayId: 'local', Origin: 'CreateRouteTable' }),
    );
  const own = table.routes.map((route) =>
    presentRoute({
      ...presentDestination(route.destination),
      ...presentTarget(tx, route),
      Origin: 'CreateRoute',
      State: leadsSomewhere(tx, route) ? 'active' : 'blackhole',
    }),
  );
  const services = [...tx.table(vpcEndpoints).by('routeTable', { routeTableId: table.id })].map((endpoint) =>
    presentRoute({
      DestinationPrefixListId: prefixLists(table.region).find(({ name }) => name === endpoint.serviceName)!
        .id,
      GatewayId: endpoint.id,
      Origin: 'CreateRoute',
    }),
  );
  return [...local, ...own, ...services];
}

const presentRoute = (route: ec2.Route): Presented<ec2.Route> => ({
  DestinationCidrBlock: undefined,
  DestinationIpv6CidrBlock: undefined,
  DestinationPrefixListId: undefined,
  EgressOnlyInternetGatewayId: undefined,
  GatewayId: undefined,
  InstanceId: undefined,
  InstanceOwnerId: undefined,
  NatGatewayId: undefined,
  TransitGatewayId: undefined,
  LocalGatewayId: undefined,
  CarrierGatewayId: undefined,
  NetworkInterfaceId: undefined,
  Origin: undefined,
  VpcPeeringConnectionId: undefined,
  CoreNetworkArn: undefined,
  OdbNetworkArn: undefined,
  IpAddress: undefined,
  State: 'active',
  ...route,
});

export function presentDestination(
  destination: string,
): Pick<ec2.Route, 'DestinationCidrBlock' | 'DestinationIpv6CidrBlock' | 'DestinationPrefixListId'> {
  if (destination.startsWith('pl-')) return { DestinationPrefixListId: destination };
  return destination.includes(':')
    ? { DestinationIpv6CidrBlock: destination }
    : { DestinationCidrBlock: destination };
}

function presentTarget(tx: ReadTransaction, { target: { kind, id } }: Route): Partial<ec2.Route> {
  switch (kind) {
    case 'gatewayId':
      return { GatewayId: id };
    case 'natGatewayId':
      return { NatGatewayId: id };
    case 'networkInterfaceId': {
      const attachment = tx.table(networkInterfaces).get(id)?.attachment;
      return {
        NetworkInterfaceId: id,
        InstanceId: attachment?.instanceId,
        InstanceOwnerId: attachment?.instanceId === undefined ? undefined : attachment.instanceOwnerId,
      };
    }
  }
}

/** Whether what the route leads to is there, and is where packets go on. */
function leadsSomewhere(tx: ReadTransaction, { target: { kind, id } }: Route): boolean {
  switch (kind) {
    case 'gatewayId':
      return tx.table(internetGateways).get(id)?.vpcId !== undefined;
    case 'natGatewayId': {
      const gateway = tx.table(natGateways).get(id);
      return gateway !== undefined && isLiveNatGateway(gateway);
    }
    case 'networkInterfaceId':
      return tx.table(networkInterfaces).get(id) !== undefined;
  }
}
