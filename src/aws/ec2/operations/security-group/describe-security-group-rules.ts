import {
  securityGroupRules,
  type SecurityGroupRule,
} from '../../state/security-group/security-group-rule.ts';
import type { Ec2Operation } from '../../ec2.ts';
import { presentSecurityGroupRule } from '../../present/security-group-rule.ts';
import { describe, type Filters } from '../describe.ts';
import { securityGroupRuleOf } from '../resolve.ts';

const filters: Filters<SecurityGroupRule> = {
  'group-id': ({ groupId }) => groupId,
  'security-group-rule-id': ({ id }) => id,
};

/** DescribeSecurityGroupRules: by id, by group, page by page. */
export const describeSecurityGroupRules: Ec2Operation<'DescribeSecurityGroupRules'> = (ec2, input, call) =>
  ec2.store.view((tx) => {
    const page = describe(
      {
        list: 'security-group-rules',
        rows: (after) => tx.table(securityGroupRules).by('scope', call, after),
        named: input.SecurityGroupRuleIds?.map((id) => securityGroupRuleOf(tx, call, id)),
        filters,
        filterInput: input.Filters,
      },
      input,
      presentSecurityGroupRule,
    );
    return { SecurityGroupRules: page.items, NextToken: page.nextToken };
  });
