// DescribeNetworkInterfaces: by id, by filters, page by page.
import type { ReadTransaction } from '../../../../store/store.ts';
import { addresses, type Address } from '../../state/address/address.ts';
import { networkInterfaces, type NetworkInterface } from '../../state/network-interface/network-interface.ts';
import { securityGroups } from '../../state/security-group/security-group.ts';
import { zoneOf } from '../../state/zone.ts';
import type { Ec2Operation } from '../../ec2.ts';
import { presentNetworkInterface } from '../../present/network-interface.ts';
import { pagesOfTable, type Filters } from '../describe.ts';
import { networkInterfaceOf } from '../resolve.ts';

function filters(tx: ReadTransaction): Filters<NetworkInterface> {
  const address = (read: (address: Address) => string | undefined) => (row: NetworkInterface) =>
    [...tx.table(addresses).by('networkInterface', { networkInterfaceId: row.id })].map(read);
  return {
    'addresses.association.owner-id': address(({ accountId }) => accountId),
    'addresses.association.public-ip': address(({ publicIp }) => publicIp),
    'addresses.primary': ({ privateIpAddresses }) =>
      privateIpAddresses.map((_, index) => String(index === 0)),
    'addresses.private-ip-address': ({ privateIpAddresses }) => privateIpAddresses,
    'association.allocation-id': address(({ id }) => id),
    'association.association-id': address(({ associationId }) => associationId),
    'association.ip-owner-id': address(({ accountId }) => accountId),
    'association.public-dns-name': () => [],
    'association.public-ip': address(({ publicIp }) => publicIp),
    'attachment.attachment-id': ({ attachment }) => attachment?.id,
    'attachment.delete-on-termination': ({ attachment }) => attachment?.deleteOnTermination,
    'attachment.device-index': ({ attachment }) => attachment?.deviceIndex,
    'attachment.instance-id': ({ attachment }) => attachment?.instanceId,
    'attachment.instance-owner-id': ({ attachment }) => attachment?.instanceOwnerId,
    'attachment.status': ({ attachment }) => attachment && 'attached',
    'availability-zone': ({ availabilityZone }) => availabilityZone,
    'availability-zone-id': ({ region, availabilityZone }) => zoneOf(region, availabilityZone)?.id,
    description: ({ description }) => description,
    'group-id': ({ groupIds }) => groupIds,
    'group-name': ({ groupIds }) => groupIds.map((id) => tx.table(securityGroups).get(id)?.name),
    'interface-type': ({ interfaceType }) => interfaceType,
    'ipv6-addresses.ipv6-address': () => [],
    'mac-address': ({ macAddress }) => macAddress,
    'network-interface-id': ({ id }) => id,
    'owner-id': ({ accountId }) => accountId,
    'private-dns-name': (row) => presentNetworkInterface(tx, row).PrivateDnsName,
    'private-ip-address': ({ privateIpAddresses }) => privateIpAddresses,
    'requester-id': ({ requesterId }) => requesterId,
    'requester-managed': ({ requesterManaged }) => requesterManaged,
    'source-dest-check': ({ sourceDestCheck }) => sourceDestCheck,
    status: ({ attachment }) => (attachment === undefined ? 'available' : 'in-use'),
    'subnet-id': ({ subnetId }) => subnetId,
    'vpc-id': ({ vpcId }) => vpcId,
  };
}

const pageOf = pagesOfTable({
  list: 'network-interfaces',
  table: networkInterfaces,
  find: networkInterfaceOf,
  filters,
  present: (row, tx) => presentNetworkInterface(tx, row),
});

export const describeNetworkInterfaces: Ec2Operation<'DescribeNetworkInterfaces'> = (ec2, input, call) => {
  const page = pageOf(ec2, { ...input, ids: input.NetworkInterfaceIds }, call);
  return { NetworkInterfaces: page.items, NextToken: page.nextToken };
};
