// DescribeSecurityGroups: by id, by name, by filters, page by page.
import type { ReadTransaction } from '../../../../store/store.ts';
import { securityGroups, type SecurityGroup } from '../../state/security-group/security-group.ts';
import {
  securityGroupRules,
  type SecurityGroupRule,
} from '../../state/security-group/security-group-rule.ts';
import type { Ec2Operation } from '../../ec2.ts';
import { presentSecurityGroup } from '../../present/security-group.ts';
import { describe, type Filters } from '../describe.ts';
import { securityGroupOf } from '../resolve.ts';
import { referencedGroup } from './group-reference.ts';

type OfRule = (rule: SecurityGroupRule) => string | number | undefined;

const peer =
  (kind: string): OfRule =>
  ({ match }) =>
    match.peer.kind === kind ? match.peer.value : undefined;

const ruleFilters = (tx: ReadTransaction): Readonly<Record<string, OfRule>> => ({
  cidr: peer('ipv4'),
  'from-port': ({ match }) => match.fromPort,
  'group-id': peer('group'),
  'group-name': ({ match }) =>
    match.peer.kind === 'group' ? tx.table(securityGroups).get(match.peer.value)?.name : undefined,
  'ipv6-cidr': peer('ipv6'),
  'prefix-list-id': peer('prefixList'),
  protocol: ({ match }) => match.protocol,
  'to-port': ({ match }) => match.toPort,
  'user-id': ({ match, accountId }) => (match.peer.kind === 'group' ? accountId : undefined),
});

function filters(tx: ReadTransaction): Filters<SecurityGroup> {
  const of =
    (direction: SecurityGroupRule['direction'], read: OfRule) =>
    ({ id }: SecurityGroup) =>
      [...tx.table(securityGroupRules).by('groupDirection', { groupId: id, direction })].map(read);
  const byRule = Object.entries(ruleFilters(tx)).flatMap(([name, read]) => [
    [`ip-permission.${name}`, of('ingress', read)] as const,
    [`egress.ip-permission.${name}`, of('egress', read)] as const,
  ]);
  return {
    ...Object.fromEntries(byRule),
    description: ({ description }) => description,
    'group-id': ({ id }) => id,
    'group-name': ({ name }) => name,
    'owner-id': ({ accountId }) => accountId,
    'vpc-id': ({ vpcId }) => vpcId,
  };
}

export const describeSecurityGroups: Ec2Operation<'DescribeSecurityGroups'> = (ec2, input, call) =>
  ec2.store.view((tx) => {
    const named = [
      ...(input.GroupIds ?? []).map((id) => securityGroupOf(tx, call, id)),
      ...(input.GroupNames ?? []).map((GroupName) => referencedGroup(tx, call, { GroupName })),
    ];
    const page = describe(
      {
        list: 'security-groups',
        rows: (after) => tx.table(securityGroups).by('scope', call, after),
        named,
        filters: filters(tx),
        filterInput: input.Filters,
      },
      input,
      (group) => presentSecurityGroup(tx, group),
    );
    return { SecurityGroups: page.items, NextToken: page.nextToken };
  });
