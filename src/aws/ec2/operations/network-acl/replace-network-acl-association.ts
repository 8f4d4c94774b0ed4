import { newId } from '../../state/resource.ts';
import { subnets } from '../../state/subnet/subnet.ts';
import type { Ec2Operation } from '../../ec2.ts';
import { invalidParameterValue, notFound } from '../../errors.ts';
import { isIn, networkAclOf } from '../resolve.ts';

/** ReplaceNetworkAclAssociation: a subnet gets another ACL of its VPC. */
export const replaceNetworkAclAssociation: Ec2Operation<'ReplaceNetworkAclAssociation'> = (
  ec2,
  input,
  call,
) =>
  ec2.store.update((tx) => {
    const before = input.AssociationId;
    const [subnet] = tx.table(subnets).by('networkAclAssociation', { networkAclAssociationId: before });
    if (subnet === undefined || !isIn(call, subnet)) throw notFound('aclassoc', before);
    const acl = networkAclOf(tx, call, input.NetworkAclId);
    if (acl.vpcId !== subnet.vpcId)
      throw invalidParameterValue(
        `network ACL ${acl.id} and subnet ${subnet.id} belong to different networks`,
      );
    const networkAclAssociationId = newId(ec2.random, 'aclassoc');
    tx.table(subnets).put({ ...subnet, networkAclId: acl.id, networkAclAssociationId });
    return { NewAssociationId: networkAclAssociationId };
  });
