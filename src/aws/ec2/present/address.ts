import type { ReadTransaction } from '../../../store/store.ts';
import type { Presented } from '../../shared/presented.ts';
import type * as ec2 from '../shapes.generated.ts';
import type { Address } from '../state/address/address.ts';
import { networkInterfaces } from '../state/network-interface/network-interface.ts';
import { presentTags } from './tags.ts';

export function presentAddress(tx: ReadTransaction, address: Address): Presented<ec2.Address> {
  const { networkInterfaceId } = address;
  const target =
    networkInterfaceId === undefined ? undefined : tx.table(networkInterfaces).get(networkInterfaceId);
  return {
    AllocationId: address.id,
    PublicIp: address.publicIp,
    Domain: 'vpc',
    AssociationId: address.associationId,
    NetworkInterfaceId: networkInterfaceId,
    NetworkInterfaceOwnerId: target?.accountId,
    PrivateIpAddress: address.privateIpAddress,
    InstanceId: target?.attachment?.instanceId,
    PublicIpv4Pool: 'amazon',
    NetworkBorderGroup: address.region,
    CustomerOwnedIp: undefined,
    CustomerOwnedIpv4Pool: undefined,
    CarrierIp: undefined,
    SubnetId: undefined,
    ServiceManaged: undefined,
    Tags: presentTags(address.tags),
  };
}
