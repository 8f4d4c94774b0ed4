import { addresses } from '../../state/address/address.ts';
import type { Ec2Operation } from '../../ec2.ts';
import { addressInUse } from '../../errors.ts';
import { referencedAddress } from './address-reference.ts';

/** ReleaseAddress: an address that nothing has. */
export const releaseAddress: Ec2Operation<'ReleaseAddress'> = (ec2, input, call) =>
  ec2.store.update((tx) => {
    const address = referencedAddress(tx, call, input);
    if (address.associationId !== undefined) throw addressInUse(address.publicIp);
    tx.table(addresses).delete(address.id);
    return {};
  });
