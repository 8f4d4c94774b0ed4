// What UpdateSecurityGroupRuleDescriptionsIngress and …Egress do alike: rules keep what they say, and are described anew.
import type { Call } from '../../../../wire/api.ts';
import type * as ec2 from '../../shapes.generated.ts';
import {
  securityGroupRules,
  type SecurityGroupRule,
} from '../../state/security-group/security-group-rule.ts';
import type { Ec2 } from '../../ec2.ts';
import { permissionNotFound } from '../../errors.ts';
import { referencedGroup } from './group-reference.ts';
import { ruleOfGroup, sameRule } from './revoke.ts';
import { checkedDescription, rulesOf } from './rule-input.ts';

export function updateDescriptions(
  { store }: Ec2,
  direction: SecurityGroupRule['direction'],
  input: ec2.UpdateSecurityGroupRuleDescriptionsIngressRequest,
  call: Call,
): { readonly Return: boolean } {
  return store.update((tx) => {
    const group = referencedGroup(tx, call, input);
    const described = input.SecurityGroupRuleDescriptions;
    const changes =
      described === undefined
        ? rulesOf(tx, call, group, input).map((rule) => {
            const same = sameRule(tx, group, direction, rule);
            if (same === undefined) throw permissionNotFound();
            return { rule: same, description: rule.description };
          })
        : described.map(({ SecurityGroupRuleId: id = '', Description }) => ({
            rule: ruleOfGroup(tx, call, group, { id, direction }),
            description: checkedDescription(Description),
          }));
    for (const { rule, description } of changes) tx.table(securityGroupRules).put({ ...rule, description });
    return { Return: true };
  });
}
