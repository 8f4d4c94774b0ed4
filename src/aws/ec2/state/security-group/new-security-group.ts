// A group as it begins: what it sends goes anywhere.
import type { Random } from '../../../../lib/random.ts';
import type { WriteTransaction } from '../../../../store/store.ts';
import { newId, scopeOf, type Resource } from '../resource.ts';
import { securityGroups, type SecurityGroup } from './security-group.ts';
import {
  matchText,
  securityGroupRules,
  type RuleMatch,
  type SecurityGroupRule,
} from './security-group-rule.ts';

const anywhere: RuleMatch = {
  protocol: '-1',
  fromPort: -1,
  toPort: -1,
  peer: { kind: 'ipv4', value: '0.0.0.0/0' },
};

export function newSecurityGroup(
  tx: WriteTransaction,
  random: Random,
  group: Pick<SecurityGroup, 'accountId' | 'region' | 'vpcId' | 'name' | 'description' | 'tags'>,
): SecurityGroup {
  const row = tx.table(securityGroups).put({ ...group, id: newId(random, 'sg') });
  newRule(tx, random, row, { direction: 'egress', match: anywhere });
  return row;
}

/** Adds a rule that the group does not have. */
export function newRule(
  tx: WriteTransaction,
  random: Random,
  group: Resource,
  rule: Pick<SecurityGroupRule, 'direction' | 'match' | 'description'> &
    Partial<Pick<SecurityGroupRule, 'tags'>>,
): SecurityGroupRule {
  return tx.table(securityGroupRules).put({
    ...scopeOf(group),
    id: newId(random, 'sgr'),
    groupId: group.id,
    tags: [],
    ...rule,
    matchText: matchText(rule.match),
  });
}
