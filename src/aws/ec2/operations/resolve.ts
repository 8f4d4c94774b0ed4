// What an input names, in the caller's account and region; throws the error of its kind where nothing there is called so.
import type { ReadTransaction } from '../../../store/store.ts';
import type { Scope } from '../../shared/scope.ts';
import { natGatewayNotFound, notFound, type Kind } from '../errors.ts';
import { addresses, type Address } from '../state/address/address.ts';
import { dhcpOptions, type DhcpOptions } from '../state/dhcp-options/dhcp-options.ts';
import { internetGateways, type InternetGateway } from '../state/internet-gateway/internet-gateway.ts';
import { natGateways, type NatGateway } from '../state/nat-gateway/nat-gateway.ts';
import { networkAcls, type NetworkAcl } from '../state/network-acl/network-acl.ts';
import { networkInterfaces, type NetworkInterface } from '../state/network-interface/network-interface.ts';
import { routeTables, type RouteTable } from '../state/route-table/route-table.ts';
import { securityGroups, type SecurityGroup } from '../state/security-group/security-group.ts';
import { securityGroupRules, type SecurityGroupRule } from '../state/security-group/security-group-rule.ts';
import { subnets, type Subnet } from '../state/subnet/subnet.ts';
import { vpcEndpoints, type VpcEndpoint } from '../state/vpc-endpoint/vpc-endpoint.ts';
import { vpcs, type Vpc } from '../state/vpc/vpc.ts';

type Find<R> = (tx: ReadTransaction, scope: Scope, id: string) => R;

export const isIn = (scope: Scope, row: Scope): boolean =>
  row.accountId === scope.accountId && row.region === scope.region;

function found<R extends Scope>(row: R | undefined, scope: Scope, kind: Kind, id: string): R {
  if (row === undefined || !isIn(scope, row)) throw notFound(kind, id);
  return row;
}

export const vpcOf: Find<Vpc> = (tx, scope, id) => found(tx.table(vpcs).get(id), scope, 'vpc', id);
export const subnetOf: Find<Subnet> = (tx, scope, id) =>
  found(tx.table(subnets).get(id), scope, 'subnet', id);
export const routeTableOf: Find<RouteTable> = (tx, scope, id) =>
  found(tx.table(routeTables).get(id), scope, 'rtb', id);
export const internetGatewayOf: Find<InternetGateway> = (tx, scope, id) =>
  found(tx.table(internetGateways).get(id), scope, 'igw', id);
export const addressOf: Find<Address> = (tx, scope, id) =>
  found(tx.table(addresses).get(id), scope, 'eipalloc', id);
export const securityGroupOf: Find<SecurityGroup> = (tx, scope, id) =>
  found(tx.table(securityGroups).get(id), scope, 'sg', id);
export const securityGroupRuleOf: Find<SecurityGroupRule> = (tx, scope, id) =>
  found(tx.table(securityGroupRules).get(id), scope, 'sgr', id);
export const networkAclOf: Find<NetworkAcl> = (tx, scope, id) =>
  found(tx.table(networkAcls).get(id), scope, 'acl', id);
export const networkInterfaceOf: Find<NetworkInterface> = (tx, scope, id) =>
  found(tx.table(networkInterfaces).get(id), scope, 'eni', id);
export const dhcpOptionsOf: Find<DhcpOptions> = (tx, scope, id) =>
  found(tx.table(dhcpOptions).get(id), scope, 'dopt', id);
export const vpcEndpointOf: Find<VpcEndpoint> = (tx, scope, id) =>
  found(tx.table(vpcEndpoints).get(id), scope, 'vpce', id);

export const natGatewayOf: Find<NatGateway> = (tx, scope, id) => {
  const row = tx.table(natGateways).get(id);
  if (row === undefined || !isIn(scope, row)) throw natGatewayNotFound(id);
  return row;
};

/** The route table that an association is of. */
export const associatedRouteTable: Find<RouteTable> = (tx, scope, associationId) => {
  const [row] = tx.table(routeTables).by('association', { associationId });
  return found(row, scope, 'rtbassoc', associationId);
};

/** The caller's default VPC in the region, if it still has one. */
export function defaultVpc(tx: ReadTransaction, { accountId, region }: Scope): Vpc | undefined {
  const [row] = tx.table(vpcs).by('default', { accountId, region });
  return row;
}
