// ModifyVpcEndpoint: its policy, its route tables, its subnets and groups, its names.
import type { WriteTransaction } from '../../../../store/store.ts';
import type { Call } from '../../../../wire/api.ts';
import type * as ec2 from '../../shapes.generated.ts';
import { deleteNetworkInterface } from '../../state/network-interface/create-network-interface.ts';
import { networkInterfaces } from '../../state/network-interface/network-interface.ts';
import { subnets } from '../../state/subnet/subnet.ts';
import { vpcEndpoints, type VpcEndpoint } from '../../state/vpc-endpoint/vpc-endpoint.ts';
import type { Ec2, Ec2Operation } from '../../ec2.ts';
import { invalidParameterCombination, unsupported } from '../../errors.ts';
import { interfaceGroups } from '../network-interface/create-network-interface.ts';
import { vpcEndpointOf } from '../resolve.ts';
import {
  checkedPolicy,
  checkedRouteTables,
  duplicateZones,
  endpointInterface,
  endpointSubnets,
} from './create-vpc-endpoint.ts';

export const modifyVpcEndpoint: Ec2Operation<'ModifyVpcEndpoint'> = (ec2, input, call) => {
  if (![undefined, 'ipv4'].includes(input.IpAddressType))
    throw unsupported('IPv6 addresses of VPC endpoints');
  if (input.SubnetConfigurations !== undefined) throw unsupported('SubnetConfigurations of VPC endpoints');
  const document = checkedPolicy(input.PolicyDocument);
  return ec2.store.update((tx) => {
    const endpoint = vpcEndpointOf(tx, call, input.VpcEndpointId);
    const policyDocument = input.ResetPolicy === true ? undefined : (document ?? endpoint.policyDocument);
    const changed =
      endpoint.type === 'Gateway'
        ? changedGateway(tx, call, endpoint, input)
        : changedInterface(ec2, tx, call, { endpoint, input });
    tx.table(vpcEndpoints).put({ ...changed, policyDocument });
    return { Return: true };
  });
};

const change = (
  before: readonly string[],
  add: readonly string[] = [],
  remove: readonly string[] = [],
): readonly string[] => [...new Set([...before.filter((one) => !remove.includes(one)), ...add])];

function changedGateway(
  tx: WriteTransaction,
  call: Call,
  endpoint: VpcEndpoint,
  input: ec2.ModifyVpcEndpointRequest,
): VpcEndpoint {
  if ([input.AddSubnetIds, input.AddSecurityGroupIds].some((ids) => (ids ?? []).length > 0))
    throw invalidParameterCombination('Gateway endpoints have no subnets and no security groups.');
  const added = (input.AddRouteTableIds ?? []).filter((id) => !endpoint.routeTableIds.includes(id));
  const add = checkedRouteTables(tx, call, endpoint, added);
  return { ...endpoint, routeTableIds: change(endpoint.routeTableIds, add, input.RemoveRouteTableIds) };
}

interface InterfaceChange {
  readonly endpoint: VpcEndpoint;
  readonly input: ec2.ModifyVpcEndpointRequest;
}

function changedInterface(
  { random }: Ec2,
  tx: WriteTransaction,
  call: Call,
  { endpoint, input }: InterfaceChange,
): VpcEndpoint {
  if ((input.AddRouteTableIds ?? []).length > 0)
    throw invalidParameterCombination('Interface endpoints have no route tables.');
  const groups = change(endpoint.groupIds, input.AddSecurityGroupIds, input.RemoveSecurityGroupIds);
  const groupIds = interfaceGroups(tx, call, endpoint.vpcId, groups);
  const kept = endpoint.networkInterfaceIds.map((id) => tx.table(networkInterfaces).get(id)!);
  const gone = kept.filter(({ subnetId }) => input.RemoveSubnetIds?.includes(subnetId) === true);
  for (const row of gone) deleteNetworkInterface(tx, row);
  const stay = kept.filter((row) => !gone.includes(row));
  for (const row of stay) tx.table(networkInterfaces).put({ ...row, groupIds });
  const has = new Set(stay.map(({ subnetId }) => subnetId));
  const added = endpointSubnets(tx, call, endpoint.vpcId, input.AddSubnetIds ?? []).filter(
    ({ id }) => !has.has(id),
  );
  const zones = new Set(stay.map(({ subnetId }) => tx.table(subnets).get(subnetId)!.availabilityZone));
  if (added.some(({ availabilityZone }) => zones.has(availabilityZone))) throw duplicateZones();
  const made = added.map((subnet) =>
    endpointInterface(tx, random, { id: endpoint.id, subnet, groupIds, now: call.now }),
  );
  return {
    ...endpoint,
    groupIds,
    subnetIds: [...has, ...added.map(({ id }) => id)],
    networkInterfaceIds: [...stay.map(({ id }) => id), ...made],
    privateDnsEnabled: input.PrivateDnsEnabled ?? endpoint.privateDnsEnabled,
  };
}
