// What RevokeSecurityGroupIngress and …Egress do alike: remove rules, by their ids or by what they say.
import type { ReadTransaction } from '../../../../store/store.ts';
import type { Call } from '../../../../wire/api.ts';
import type * as ec2 from '../../shapes.generated.ts';
import type { SecurityGroup } from '../../state/security-group/security-group.ts';
import {
  matchText,
  securityGroupRules,
  type SecurityGroupRule,
} from '../../state/security-group/security-group-rule.ts';
import { vpcs } from '../../state/vpc/vpc.ts';
import type { Ec2 } from '../../ec2.ts';
import { notFound, permissionNotFound } from '../../errors.ts';
import { presentPermissions } from '../../present/security-group.ts';
import { presentRevokedRule } from '../../present/security-group-rule.ts';
import { securityGroupRuleOf } from '../resolve.ts';
import { referencedGroup } from './group-reference.ts';
import { rulesOf, type RuleInput } from './rule-input.ts';

type Direction = SecurityGroupRule['direction'];

/** In a default VPC, rules that the group does not have are told of; elsewhere they are refused, and nothing is removed. */
export function revoke(
  { store }: Ec2,
  direction: Direction,
  input: ec2.RevokeSecurityGroupIngressRequest,
  call: Call,
): ec2.RevokeSecurityGroupIngressResult {
  return store.update((tx) => {
    const group = referencedGroup(tx, call, input);
    const ids = input.SecurityGroupRuleIds;
    const rules = ids === undefined ? rulesOf(tx, call, group, input) : [];
    const found =
      ids === undefined
        ? rules.map((rule) => sameRule(tx, group, direction, rule))
        : ids.map((id) => ruleOfGroup(tx, call, group, { id, direction }));
    const unknown = rules.filter((_, index) => found[index] === undefined);
    if (unknown.length > 0 && tx.table(vpcs).get(group.vpcId)?.isDefault !== true) throw permissionNotFound();
    const removed = [...new Set(found.filter((rule) => rule !== undefined))];
    for (const { id } of removed) tx.table(securityGroupRules).delete(id);
    return {
      Return: true,
      UnknownIpPermissions: presentPermissions(call.accountId, unknown),
      RevokedSecurityGroupRules: removed.map(presentRevokedRule),
    };
  });
}

/** The group's rule that says the same, whatever its description is. */
export function sameRule(
  tx: ReadTransaction,
  group: SecurityGroup,
  direction: Direction,
  { match }: RuleInput,
): SecurityGroupRule | undefined {
  const same = { groupId: group.id, direction, matchText: matchText(match) };
  const [rule] = tx.table(securityGroupRules).by('same', same);
  return rule;
}

/** The rule of that id, which must be of the group and of that direction, if any is asked for. */
export function ruleOfGroup(
  tx: ReadTransaction,
  call: Call,
  group: SecurityGroup,
  { id, direction }: { readonly id: string; readonly direction?: Direction },
): SecurityGroupRule {
  const rule = securityGroupRuleOf(tx, call, id);
  if (rule.groupId !== group.id || (direction !== undefined && rule.direction !== direction))
    throw notFound('sgr', id);
  return rule;
}
