import { dhcpOptions } from '../../state/dhcp-options/dhcp-options.ts';
import { vpcs } from '../../state/vpc/vpc.ts';
import type { Ec2Operation } from '../../ec2.ts';
import { hasDependencies } from '../../errors.ts';
import { dhcpOptionsOf } from '../resolve.ts';

/** DeleteDhcpOptions: a set that no VPC has. */
export const deleteDhcpOptions: Ec2Operation<'DeleteDhcpOptions'> = (ec2, input, call) =>
  ec2.store.update((tx) => {
    const { id } = dhcpOptionsOf(tx, call, input.DhcpOptionsId);
    if (tx.table(vpcs).count('dhcpOptions', { dhcpOptionsId: id }) > 0)
      throw hasDependencies('dhcpOptions', id);
    tx.table(dhcpOptions).delete(id);
    return {};
  });
