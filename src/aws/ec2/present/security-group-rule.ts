import type { Presented } from '../../shared/presented.ts';
import type * as ec2 from '../shapes.generated.ts';
import { ec2Arn } from '../state/resource.ts';
import type { RuleMatch, SecurityGroupRule } from '../state/security-group/security-group-rule.ts';
import { presentTags } from './tags.ts';

type PeerKind = RuleMatch['peer']['kind'];

const peerOf = ({ match: { peer } }: SecurityGroupRule, kind: PeerKind): string | undefined =>
  peer.kind === kind ? peer.value : undefined;

export function presentSecurityGroupRule(rule: SecurityGroupRule): Presented<ec2.SecurityGroupRule> {
  const referenced = peerOf(rule, 'group');
  return {
    SecurityGroupRuleId: rule.id,
    SecurityGroupRuleArn: ec2Arn(rule, 'security-group-rule', rule.id),
    GroupId: rule.groupId,
    GroupOwnerId: rule.accountId,
    IsEgress: rule.direction === 'egress',
    IpProtocol: rule.match.protocol,
    FromPort: rule.match.fromPort,
    ToPort: rule.match.toPort,
    CidrIpv4: peerOf(rule, 'ipv4'),
    CidrIpv6: peerOf(rule, 'ipv6'),
    PrefixListId: peerOf(rule, 'prefixList'),
    ReferencedGroupInfo:
      referenced === undefined ? undefined : { GroupId: referenced, UserId: rule.accountId },
    Description: rule.description,
    Tags: presentTags(rule.tags),
  };
}

export const presentRevokedRule = (rule: SecurityGroupRule): Presented<ec2.RevokedSecurityGroupRule> => ({
  SecurityGroupRuleId: rule.id,
  GroupId: rule.groupId,
  IsEgress: rule.direction === 'egress',
  IpProtocol: rule.match.protocol,
  FromPort: rule.match.fromPort,
  ToPort: rule.match.toPort,
  CidrIpv4: peerOf(rule, 'ipv4'),
  CidrIpv6: peerOf(rule, 'ipv6'),
  PrefixListId: peerOf(rule, 'prefixList'),
  ReferencedGroupId: peerOf(rule, 'group'),
  Description: rule.description,
});
