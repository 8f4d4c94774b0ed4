import { addresses } from '../../state/address/address.ts';
import { networkInterfaces } from '../../state/network-interface/network-interface.ts';
import type { Ec2Operation } from '../../ec2.ts';
import { authFailure, missingParameter } from '../../errors.ts';
import { associatedAddress, publicAddress } from './address-reference.ts';
import { unassociated } from './associate-address.ts';

/** DisassociateAddress: the address is free again; what is not associated stays so. A NAT gateway's is its own. */
export const disassociateAddress: Ec2Operation<'DisassociateAddress'> = (ec2, input, call) =>
  ec2.store.update((tx) => {
    const { AssociationId: id, PublicIp: publicIp } = input;
    if (id === undefined && publicIp === undefined) throw missingParameter('associationId');
    const address = id === undefined ? publicAddress(tx, call, publicIp!) : associatedAddress(tx, call, id);
    const target = tx.table(networkInterfaces).get(address.networkInterfaceId ?? '');
    if (target?.requesterManaged === true)
      throw authFailure('You do not have permission to access the specified resource.');
    tx.table(addresses).put({ ...address, ...unassociated });
    return {};
  });
