// DescribeRouteTables: by id, by filters, page by page.
import type { ReadTransaction } from '../../../../store/store.ts';
import type * as ec2 from '../../shapes.generated.ts';
import { routeTables, type RouteTable } from '../../state/route-table/route-table.ts';
import type { Ec2Operation } from '../../ec2.ts';
import { presentRoutes, presentRouteTable } from '../../present/route-table.ts';
import { pagesOfTable, type Filters } from '../describe.ts';
import { routeTableOf } from '../resolve.ts';

const filters = (tx: ReadTransaction): Filters<RouteTable> => {
  const of = (member: keyof ec2.Route) => (table: RouteTable) =>
    presentRoutes(tx, table).map((route) => route[member]);
  return {
    'association.gateway-id': () => [],
    'association.main': ({ mainAssociationId, associations }) => [
      ...(mainAssociationId === undefined ? [] : ['true']),
      ...associations.map(() => 'false'),
    ],
    'association.route-table-association-id': ({ mainAssociationId, associations }) => [
      mainAssociationId,
      ...associations.map(({ id }) => id),
    ],
    'association.route-table-id': ({ id, mainAssociationId, associations }) =>
      mainAssociationId === undefined && associations.length === 0 ? [] : [id],
    'association.subnet-id': ({ associations }) => associations.map(({ subnetId }) => subnetId),
    'owner-id': ({ accountId }) => accountId,
    'route-table-id': ({ id }) => id,
    'route.destination-cidr-block': of('DestinationCidrBlock'),
    'route.destination-ipv6-cidr-block': of('DestinationIpv6CidrBlock'),
    'route.destination-prefix-list-id': of('DestinationPrefixListId'),
    'route.egress-only-internet-gateway-id': () => [],
    'route.gateway-id': of('GatewayId'),
    'route.instance-id': of('InstanceId'),
    'route.nat-gateway-id': of('NatGatewayId'),
    'route.origin': of('Origin'),
    'route.state': of('State'),
    'route.transit-gateway-id': () => [],
    'route.vpc-peering-connection-id': () => [],
    'vpc-id': ({ vpcId }) => vpcId,
  };
};

const pageOf = pagesOfTable({
  list: 'route-tables',
  table: routeTables,
  find: routeTableOf,
  filters,
  present: (table, tx) => presentRouteTable(tx, table),
});

export const describeRouteTables: Ec2Operation<'DescribeRouteTables'> = (ec2, input, call) => {
  const page = pageOf(ec2, { ...input, ids: input.RouteTableIds }, call);
  return { RouteTables: page.items, NextToken: page.nextToken };
};
