import { addresses, freePublicIp } from '../../state/address/address.ts';
import { newId, scopeOf } from '../../state/resource.ts';
import type { Ec2Operation } from '../../ec2.ts';
import { invalidParameterValue, unsupported } from '../../errors.ts';
import { newTags } from '../tags.ts';

/** AllocateAddress: a public address for the account. */
export const allocateAddress: Ec2Operation<'AllocateAddress'> = (ec2, input, call) => {
  if (input.Domain === 'standard')
    throw invalidParameterValue('Value (standard) for parameter domain is invalid. Only vpc is supported.');
  for (const member of ['Address', 'PublicIpv4Pool', 'CustomerOwnedIpv4Pool', 'IpamPoolId'] as const) {
    if (input[member] !== undefined && input[member] !== 'amazon')
      throw unsupported(`${member} of Elastic IP addresses`);
  }
  const tags = newTags(input.TagSpecifications, 'elastic-ip');
  return ec2.store.update((tx) => {
    const publicIp = freePublicIp(tx, ec2.random);
    const { id } = tx
      .table(addresses)
      .put({ ...scopeOf(call), id: newId(ec2.random, 'eipalloc'), publicIp, tags });
    return {
      AllocationId: id,
      PublicIp: publicIp,
      Domain: 'vpc',
      PublicIpv4Pool: 'amazon',
      NetworkBorderGroup: call.region,
    };
  });
};
