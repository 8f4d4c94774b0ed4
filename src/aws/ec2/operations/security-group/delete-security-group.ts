import { deleteSecurityGroupRows, isGroupInUse } from '../../state/security-group/delete-security-group.ts';
import type { Ec2Operation } from '../../ec2.ts';
import { defaultGroupStays, dependencyViolation } from '../../errors.ts';
import { referencedGroup } from './group-reference.ts';

/** DeleteSecurityGroup: one that no network interface has and no other group's rule is about. */
export const deleteSecurityGroup: Ec2Operation<'DeleteSecurityGroup'> = (ec2, input, call) =>
  ec2.store.update((tx) => {
    const group = referencedGroup(tx, call, input);
    if (group.name === 'default') throw defaultGroupStays(group.id);
    if (isGroupInUse(tx, group)) throw dependencyViolation(`resource ${group.id} has a dependent object`);
    deleteSecurityGroupRows(tx, group);
    return { Return: true, GroupId: group.id };
  });
