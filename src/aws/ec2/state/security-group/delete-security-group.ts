import type { ReadTransaction, WriteTransaction } from '../../../../store/store.ts';
import { networkInterfaces } from '../network-interface/network-interface.ts';
import { securityGroups, type SecurityGroup } from './security-group.ts';
import { securityGroupRules } from './security-group-rule.ts';

/** Whether a rule of another group has it as its peer. */
export const isReferenced = (tx: ReadTransaction, { id }: SecurityGroup): boolean =>
  [...tx.table(securityGroupRules).by('referencedGroup', { referencedGroupId: id })].some(
    ({ groupId }) => groupId !== id,
  );

/** Whether a network interface has it, or a rule of another group is about it. */
export const isGroupInUse = (tx: ReadTransaction, group: SecurityGroup): boolean =>
  tx.table(networkInterfaces).count('group', { groupId: group.id }) > 0 || isReferenced(tx, group);

/** Removes a group and its rules. */
export function deleteSecurityGroupRows(tx: WriteTransaction, { id }: SecurityGroup): void {
  for (const rule of [...tx.table(securityGroupRules).by('group', { groupId: id })])
    tx.table(securityGroupRules).delete(rule.id);
  tx.table(securityGroups).delete(id);
}
