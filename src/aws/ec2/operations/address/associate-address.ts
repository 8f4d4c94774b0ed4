// AssociateAddress: an Elastic IP address becomes that of a network interface's address.
import { addresses } from '../../state/address/address.ts';
import { newId } from '../../state/resource.ts';
import type { Ec2Operation } from '../../ec2.ts';
import {
  addressAssociated,
  interfaceManaged,
  invalidParameterValue,
  missingParameter,
  unsupported,
} from '../../errors.ts';
import { networkInterfaceOf } from '../resolve.ts';
import { referencedAddress } from './address-reference.ts';

export const associateAddress: Ec2Operation<'AssociateAddress'> = (ec2, input, call) => {
  if (input.InstanceId !== undefined) throw unsupported('Elastic IP addresses of instances');
  const { NetworkInterfaceId: id } = input;
  if (id === undefined) throw missingParameter('networkInterfaceId');
  return ec2.store.update((tx) => {
    const address = referencedAddress(tx, call, input);
    const target = networkInterfaceOf(tx, call, id);
    if (target.requesterManaged) throw interfaceManaged(id);
    const { PrivateIpAddress: privateIpAddress = target.privateIpAddresses[0]! } = input;
    if (!target.privateIpAddresses.includes(privateIpAddress))
      throw invalidParameterValue(
        `The network interface ${id} does not have the address ${privateIpAddress}`,
      );
    if (address.networkInterfaceId === id && address.privateIpAddress === privateIpAddress)
      return { AssociationId: address.associationId };
    if (address.associationId !== undefined && input.AllowReassociation !== true)
      throw addressAssociated(address.id);
    const earlier = [...tx.table(addresses).by('networkInterface', { networkInterfaceId: id })].find(
      (one) => one.privateIpAddress === privateIpAddress,
    );
    if (earlier !== undefined && input.AllowReassociation !== true) throw addressAssociated(id);
    if (earlier !== undefined) tx.table(addresses).put({ ...earlier, ...unassociated });
    const associationId = newId(ec2.random, 'eipassoc');
    tx.table(addresses).put({ ...address, associationId, networkInterfaceId: id, privateIpAddress });
    return { AssociationId: associationId };
  });
};

/** What an address is that nothing has. */
export const unassociated = {
  associationId: undefined,
  networkInterfaceId: undefined,
  privateIpAddress: undefined,
} as const;
