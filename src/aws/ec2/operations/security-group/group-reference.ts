// Which group a call is about: by its id, or by its name in the default VPC.
import type { ReadTransaction } from '../../../../store/store.ts';
import type { Scope } from '../../../shared/scope.ts';
import { groupNameNotFound, missingParameter, otherNetwork } from '../../errors.ts';
import { securityGroups, type SecurityGroup } from '../../state/security-group/security-group.ts';
import { defaultVpc, securityGroupOf } from '../resolve.ts';

interface GroupReference {
  readonly GroupId?: string | undefined;
  readonly GroupName?: string | undefined;
}

export function referencedGroup(tx: ReadTransaction, scope: Scope, input: GroupReference): SecurityGroup {
  if (input.GroupId !== undefined) return securityGroupOf(tx, scope, input.GroupId);
  if (input.GroupName === undefined) throw missingParameter('groupId or groupName');
  return namedGroup(tx, defaultVpc(tx, scope)?.id ?? '', input.GroupName);
}

/** The group of that name in a VPC. */
export function namedGroup(tx: ReadTransaction, vpcId: string, name: string): SecurityGroup {
  const [group] = tx.table(securityGroups).by('name', { vpcId, name });
  if (group === undefined) throw groupNameNotFound(name, vpcId);
  return group;
}

/** The groups of those ids, which must be of the VPC. */
export function groupsOf(
  tx: ReadTransaction,
  scope: Scope,
  vpcId: string,
  ids: readonly string[],
): readonly SecurityGroup[] {
  return [...new Set(ids)].map((id) => {
    const group = securityGroupOf(tx, scope, id);
    if (group.vpcId !== vpcId) throw otherNetwork();
    return group;
  });
}
