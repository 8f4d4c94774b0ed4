// ModifySecurityGroupRules: what rules say, under the ids that they have. A peer stays of its kind.
import { matchText, securityGroupRules } from '../../state/security-group/security-group-rule.ts';
import type { Ec2Operation } from '../../ec2.ts';
import { invalidParameterValue, permissionExists } from '../../errors.ts';
import { securityGroupOf } from '../resolve.ts';
import { matchTitle } from './authorize.ts';
import { ruleOfGroup } from './revoke.ts';
import { ruleOf } from './rule-input.ts';

export const modifySecurityGroupRules: Ec2Operation<'ModifySecurityGroupRules'> = (ec2, input, call) =>
  ec2.store.update((tx) => {
    const group = securityGroupOf(tx, call, input.GroupId);
    for (const { SecurityGroupRuleId: id, SecurityGroupRule: asked = {} } of input.SecurityGroupRules) {
      const rule = ruleOfGroup(tx, call, group, { id });
      const { match, description } = ruleOf(tx, call, group, asked);
      if (match.peer.kind !== rule.match.peer.kind)
        throw invalidParameterValue(
          `The source or destination of rule ${id} can not become one of another kind.`,
        );
      const { groupId, direction } = rule;
      const text = matchText(match);
      const [same] = tx.table(securityGroupRules).by('same', { groupId, direction, matchText: text });
      if (same !== undefined && same.id !== id) throw permissionExists(matchTitle(match));
      tx.table(securityGroupRules).put({ ...rule, match, matchText: text, description });
    }
    return { Return: true };
  });
