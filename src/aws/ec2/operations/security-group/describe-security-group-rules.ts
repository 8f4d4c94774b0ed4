import {
  securityGroupRules,
  type SecurityGroupRule,
} from '../../state/security-group/security-group-rule.ts';
import type { Ec2Operation } from '../../ec2.ts';
import { presentSecurityGroupRule } from '../../present/security-group-rule.ts';
import { pagesOfTable, type Filters } from '../describe.ts';
import { securityGroupRuleOf } from '../resolve.ts';

const filters: Filters<SecurityGroupRule> = {
  'group-id': ({ groupId }) => groupId,
  'security-group-rule-id': ({ id }) => id,
};

const pageOf = pagesOfTable({
  list: 'security-group-rules',
  table: securityGroupRules,
  find: securityGroupRuleOf,
  filters: () => filters,
  present: presentSecurityGroupRule,
});

/** DescribeSecurityGroupRules: by id, by group, page by page. */
export const describeSecurityGroupRules: Ec2Operation<'DescribeSecurityGroupRules'> = (ec2, input, call) => {
  const page = pageOf(ec2, { ...input, ids: input.SecurityGroupRuleIds }, call);
  return { SecurityGroupRules: page.items, NextToken: page.nextToken };
};
