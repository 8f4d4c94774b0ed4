import { networkAcls } from '../../state/network-acl/network-acl.ts';
import { subnets } from '../../state/subnet/subnet.ts';
import type { Ec2Operation } from '../../ec2.ts';
import { hasDependencies, invalidParameterValue } from '../../errors.ts';
import { networkAclOf } from '../resolve.ts';

/** DeleteNetworkAcl: one that no subnet has, and that is not its VPC's own. */
export const deleteNetworkAcl: Ec2Operation<'DeleteNetworkAcl'> = (ec2, input, call) =>
  ec2.store.update((tx) => {
    const { id, isDefault } = networkAclOf(tx, call, input.NetworkAclId);
    if (isDefault) throw invalidParameterValue('Cannot delete default network ACL');
    if (tx.table(subnets).count('networkAcl', { networkAclId: id }) > 0)
      throw hasDependencies('networkAcl', id);
    tx.table(networkAcls).delete(id);
    return {};
  });
