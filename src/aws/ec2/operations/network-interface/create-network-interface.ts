// CreateNetworkInterface: an address of a subnet, or several, with security groups of its VPC.
import type { ReadTransaction } from '../../../../store/store.ts';
import type { Random } from '../../../../lib/random.ts';
import type * as ec2 from '../../shapes.generated.ts';
import { isUsable, parseAddress, parseCidr } from '../../state/cidr.ts';
import { createNetworkInterface as createRow } from '../../state/network-interface/create-network-interface.ts';
import { freeAddresses, isTaken } from '../../state/network-interface/free-address.ts';
import { networkInterfaces } from '../../state/network-interface/network-interface.ts';
import { securityGroups } from '../../state/security-group/security-group.ts';
import type { Subnet } from '../../state/subnet/subnet.ts';
import type { Ec2Operation } from '../../ec2.ts';
import {
  addressInUse,
  freeAddressesMissing,
  groupsPerInterfaceLimitExceeded,
  invalidParameterCombination,
  invalidParameterValue,
  unsupported,
} from '../../errors.ts';
import { presentNetworkInterface } from '../../present/network-interface.ts';
import { madeBy, madeEarlier } from '../idempotency.ts';
import { subnetOf } from '../resolve.ts';
import { groupsOf } from '../security-group/group-reference.ts';
import { newTags } from '../tags.ts';
import type { Scope } from '../../../shared/scope.ts';

const maxGroups = 5;

export const createNetworkInterface: Ec2Operation<'CreateNetworkInterface'> = (ec2, input, call) => {
  refuseNotBuilt(input);
  const tags = newTags(input.TagSpecifications, 'network-interface');
  const made = madeBy(input);
  return ec2.store.update((tx) => {
    const subnet = subnetOf(tx, call, input.SubnetId);
    const earlier = madeEarlier(made, (clientToken) =>
      tx.table(networkInterfaces).by('clientToken', { ...call, clientToken }),
    );
    const row =
      earlier ??
      createRow(tx, ec2.random, {
        ...made,
        subnet,
        groupIds: interfaceGroups(tx, call, subnet.vpcId, input.Groups),
        privateIpAddresses: addressesOf(tx, ec2.random, subnet, input),
        description: input.Description ?? '',
        tags,
      });
    return { NetworkInterface: presentNetworkInterface(tx, row!), ClientToken: input.ClientToken };
  });
};

/** Ids of the groups that were asked for, or of the VPC's own. */
export function interfaceGroups(
  tx: ReadTransaction,
  scope: Scope,
  vpcId: string,
  ids: readonly string[] = [],
): readonly string[] {
  const [own] = tx.table(securityGroups).by('name', { vpcId, name: 'default' });
  const groups = groupsOf(tx, scope, vpcId, ids.length === 0 ? [own!.id] : ids).map(({ id }) => id);
  if (groups.length > maxGroups) throw groupsPerInterfaceLimitExceeded();
  return groups;
}

/** Those that were asked for, and as many others as were; one where nothing is said. */
function addressesOf(
  tx: ReadTransaction,
  random: Random,
  subnet: Subnet,
  input: ec2.CreateNetworkInterfaceRequest,
): readonly string[] {
  const { PrivateIpAddress: single, PrivateIpAddresses: many = [] } = input;
  if (single !== undefined && many.some(({ Primary }) => Primary === true))
    throw invalidParameterCombination(
      'Specify the primary address by one of privateIpAddress and privateIpAddresses.',
    );
  const sorted = many.toSorted((one, other) => Number(other.Primary ?? false) - Number(one.Primary ?? false));
  const asked = [single, ...sorted.map(({ PrivateIpAddress }) => PrivateIpAddress)].filter(
    (one) => one !== undefined,
  );
  for (const address of asked) checkAddress(tx, subnet, address);
  const more = (input.SecondaryPrivateIpAddressCount ?? 0) + (asked.length === 0 ? 1 : 0);
  const others = freeAddresses(tx, random, subnet, more, asked);
  if (others === undefined) throw freeAddressesMissing(subnet.id);
  return [...asked, ...others];
}

/** An address that the subnet may give away, and that nobody has. */
export function checkAddress(tx: ReadTransaction, subnet: Subnet, address: string): void {
  const parsed = parseAddress(address);
  if (parsed === undefined || !isUsable(parseCidr(subnet.cidrBlock)!, parsed))
    throw invalidParameterValue(
      `Address ${address} is not within the usable addresses of subnet ${subnet.id} (${subnet.cidrBlock})`,
    );
  if (isTaken(tx, subnet.id, address)) throw addressInUse(address);
}

function refuseNotBuilt(input: ec2.CreateNetworkInterfaceRequest): void {
  if (input.InterfaceType !== undefined)
    throw unsupported(`network interfaces of type ${input.InterfaceType}`);
  if (
    input.Ipv6AddressCount !== undefined ||
    input.Ipv6Addresses !== undefined ||
    input.EnablePrimaryIpv6 === true ||
    input.Ipv6PrefixCount !== undefined ||
    input.Ipv6Prefixes !== undefined
  )
    throw unsupported('IPv6 addresses of network interfaces');
  if (input.Ipv4PrefixCount !== undefined || input.Ipv4Prefixes !== undefined)
    throw unsupported('prefixes of network interfaces');
  if (input.ConnectionTrackingSpecification !== undefined)
    throw unsupported('the connection tracking of network interfaces');
}
