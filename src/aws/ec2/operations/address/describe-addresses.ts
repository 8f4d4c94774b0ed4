// DescribeAddresses: by allocation, by address, by filters. It has no pages.
import type { ReadTransaction } from '../../../../store/store.ts';
import { addresses, type Address } from '../../state/address/address.ts';
import { networkInterfaces } from '../../state/network-interface/network-interface.ts';
import type { Ec2Operation } from '../../ec2.ts';
import { presentAddress } from '../../present/address.ts';
import { describeAll, type Filters } from '../describe.ts';
import { addressOf } from '../resolve.ts';
import { publicAddress } from './address-reference.ts';

const filters = (tx: ReadTransaction): Filters<Address> => ({
  'allocation-id': ({ id }) => id,
  'association-id': ({ associationId }) => associationId,
  domain: () => 'vpc',
  'instance-id': ({ networkInterfaceId = '' }) =>
    tx.table(networkInterfaces).get(networkInterfaceId)?.attachment?.instanceId,
  'network-border-group': ({ region }) => region,
  'network-interface-id': ({ networkInterfaceId }) => networkInterfaceId,
  'network-interface-owner-id': ({ networkInterfaceId, accountId }) => networkInterfaceId && accountId,
  'private-ip-address': ({ privateIpAddress }) => privateIpAddress,
  'public-ip': ({ publicIp }) => publicIp,
});

export const describeAddresses: Ec2Operation<'DescribeAddresses'> = (ec2, input, call) =>
  ec2.store.view((tx) => {
    const named = [
      ...(input.AllocationIds ?? []).map((id) => addressOf(tx, call, id)),
      ...(input.PublicIps ?? []).map((publicIp) => publicAddress(tx, call, publicIp)),
    ];
    const rows = named.length > 0 ? named : tx.table(addresses).by('scope', call);
    const all = describeAll(rows, filters(tx), input.Filters);
    return { Addresses: all.map((address) => presentAddress(tx, address)) };
  });
