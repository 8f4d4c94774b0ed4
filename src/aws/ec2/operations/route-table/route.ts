// Where a route leads, out of an input: one destination and one target of the table's own VPC.
import type { ReadTransaction } from '../../../../store/store.ts';
import type { Scope } from '../../../shared/scope.ts';
import type * as ec2 from '../../shapes.generated.ts';
import { cidrText, ipv6CidrText, parseCidr } from '../../state/cidr.ts';
import { internetGateways } from '../../state/internet-gateway/internet-gateway.ts';
import { natGateways } from '../../state/nat-gateway/nat-gateway.ts';
import { prefixLists } from '../../state/vpc-endpoint/endpoint-services.ts';
import type { Route, RouteTable } from '../../state/route-table/route-table.ts';
import { vpcs } from '../../state/vpc/vpc.ts';
import {
  gatewayNotFound,
  invalidParameterCombination,
  invalidParameterValue,
  missingParameter,
  notFound,
  routedNatGatewayNotFound,
  unsupported,
} from '../../errors.ts';
import { isIn, networkInterfaceOf } from '../resolve.ts';

type Destination = Pick<
  ec2.CreateRouteRequest,
  'DestinationCidrBlock' | 'DestinationIpv6CidrBlock' | 'DestinationPrefixListId'
>;

/** The destination as it is kept; throws where there is none, more than one, or one that is malformed. */
export function destinationOf(scope: Scope, input: Destination): string {
  const { DestinationCidrBlock: ipv4, DestinationIpv6CidrBlock: ipv6, DestinationPrefixListId: list } = input;
  const given = [ipv4, ipv6, list].filter((one) => one !== undefined);
  if (given.length === 0) throw missingParameter('destinationCidrBlock');
  if (given.length > 1)
    throw invalidParameterCombination('Only one destination can be specified of a route.');
  if (list !== undefined) return knownList(scope, list);
  const cidr = ipv4 === undefined ? undefined : parseCidr(ipv4);
  const text = ipv6 === undefined ? cidr && cidrText(cidr) : ipv6CidrText(ipv6);
  if (text === undefined)
    throw invalidParameterValue(
      `Value (${given[0]}) for parameter destinationCidrBlock is invalid. This is not a valid CIDR block.`,
    );
  return text;
}

function knownList({ region }: Scope, id: string): string {
  if (!prefixLists(region).some((list) => list.id === id)) throw notFound('pl', id);
  return id;
}

/** Whether it is within the VPC: by a route that every table has. */
export const isLocal = (tx: ReadTransaction, { vpcId }: RouteTable, destination: string): boolean =>
  tx
    .table(vpcs)
    .get(vpcId)!
    .cidrBlocks.some(({ cidrBlock }) => cidrBlock === destination);

type Target = Omit<ec2.CreateRouteRequest, 'RouteTableId'>;

const notBuilt = [
  'CarrierGatewayId',
  'CoreNetworkArn',
  'EgressOnlyInternetGatewayId',
  'InstanceId',
  'LocalGatewayId',
  'OdbNetworkArn',
  'TransitGatewayId',
  'VpcEndpointId',
  'VpcPeeringConnectionId',
] as const;

/** The target as it is kept, which must be of the table's VPC. */
export function targetOf(
  tx: ReadTransaction,
  scope: Scope,
  table: RouteTable,
  input: Target,
): Route['target'] {
  const refused = notBuilt.find((member) => input[member] !== undefined);
  if (refused !== undefined) throw unsupported(`routes to ${refused}`);
  const { GatewayId: gateway, NatGatewayId: nat, NetworkInterfaceId: eni } = input;
  const given = [gateway, nat, eni].filter((one) => one !== undefined);
  if (given.length === 0) throw missingParameter('gatewayId, natGatewayId or networkInterfaceId');
  if (given.length > 1) throw invalidParameterCombination('Only one target can be specified of a route.');
  if (gateway !== undefined) return { kind: 'gatewayId', id: gatewayOf(tx, scope, table, gateway) };
  if (nat !== undefined) return { kind: 'natGatewayId', id: natOf(tx, scope, table, nat) };
  const { vpcId } = networkInterfaceOf(tx, scope, eni!);
  return { kind: 'networkInterfaceId', id: inNetwork(table, 'interface', eni!, vpcId) };
}

function gatewayOf(tx: ReadTransaction, scope: Scope, table: RouteTable, id: string): string {
  if (!id.startsWith('igw-')) throw unsupported(`routes to the gateway ${id}`);
  const gateway = tx.table(internetGateways).get(id);
  if (gateway === undefined || !isIn(scope, gateway)) throw gatewayNotFound(id);
  return inNetwork(table, 'network gateway', id, gateway.vpcId);
}

function natOf(tx: ReadTransaction, scope: Scope, table: RouteTable, id: string): string {
  const gateway = tx.table(natGateways).get(id);
  if (gateway === undefined || !isIn(scope, gateway)) throw routedNatGatewayNotFound(id);
  return inNetwork(table, 'NAT gateway', id, gateway.vpcId);
}

function inNetwork(table: RouteTable, kind: string, id: string, vpcId: string | undefined): string {
  if (vpcId !== table.vpcId)
    throw invalidParameterValue(`route table ${table.id} and ${kind} ${id} belong to different networks`);
  return id;
}
