import type { ReadTransaction } from '../../../store/store.ts';
import type { Presented } from '../../shared/presented.ts';
import type * as ec2 from '../shapes.generated.ts';
import { ec2Arn } from '../state/resource.ts';
import type { SecurityGroup } from '../state/security-group/security-group.ts';
import {
  securityGroupRules,
  type RuleMatch,
  type SecurityGroupRule,
} from '../state/security-group/security-group-rule.ts';
import { presentTags } from './tags.ts';

export function presentSecurityGroup(
  tx: ReadTransaction,
  group: SecurityGroup,
): Presented<ec2.SecurityGroup> {
  const rules = (direction: SecurityGroupRule['direction']) =>
    presentPermissions(group.accountId, [
      ...tx.table(securityGroupRules).by('groupDirection', { groupId: group.id, direction }),
    ]);
  return {
    GroupId: group.id,
    GroupName: group.name,
    Description: group.description,
    OwnerId: group.accountId,
    VpcId: group.vpcId,
    SecurityGroupArn: ec2Arn(group, 'security-group', group.id),
    IpPermissions: rules('ingress'),
    IpPermissionsEgress: rules('egress'),
    Tags: presentTags(group.tags),
  };
}

type Shown = Pick<SecurityGroupRule, 'match' | 'description'>;

/** Rules as EC2 shows them of a group: those of the same protocol and ports together. */
export function presentPermissions(
  accountId: string,
  rules: readonly Shown[],
): readonly Presented<ec2.IpPermission>[] {
  const together = Map.groupBy(
    rules,
    ({ match: { protocol, fromPort, toPort } }) => `${protocol} ${fromPort} ${toPort}`,
  );
  return [...together.values()].map((some) => presentPermission(accountId, some));
}

function presentPermission(accountId: string, rules: readonly Shown[]): Presented<ec2.IpPermission> {
  const of = (kind: RuleMatch['peer']['kind']) =>
    rules
      .filter(({ match }) => match.peer.kind === kind)
      .map(({ match, description }) => ({ value: match.peer.value, Description: description }));
  const { protocol, fromPort, toPort } = rules[0]!.match;
  const hasPorts = ['tcp', 'udp', 'icmp', 'icmpv6'].includes(protocol);
  return {
    IpProtocol: protocol,
    FromPort: hasPorts ? fromPort : undefined,
    ToPort: hasPorts ? toPort : undefined,
    IpRanges: of('ipv4').map(({ value, Description }) => ({ CidrIp: value, Description })),
    Ipv6Ranges: of('ipv6').map(({ value, Description }) => ({ CidrIpv6: value, Description })),
    PrefixListIds: of('prefixList').map(({ value, Description }) => ({ PrefixListId: value, Description })),
    UserIdGroupPairs: of('group').map(({ value, Description }) => ({
      GroupId: value,
      UserId: accountId,
      Description,
    })),
  };
}
