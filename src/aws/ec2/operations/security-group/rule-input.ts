// The rules that an input tells of, in the form in which they are kept.
import type { ReadTransaction } from '../../../../store/store.ts';
import type { Scope } from '../../../shared/scope.ts';
import type * as ec2 from '../../shapes.generated.ts';
import { cidrText, ipv6CidrText, parseCidr } from '../../state/cidr.ts';
import type { SecurityGroup } from '../../state/security-group/security-group.ts';
import type { RuleMatch, RulePeer } from '../../state/security-group/security-group-rule.ts';
import { prefixLists } from '../../state/vpc-endpoint/endpoint-services.ts';
import {
  invalidParameterCombination,
  invalidParameterValue,
  missingParameter,
  notFound,
  otherNetwork,
  permissionMalformed,
} from '../../errors.ts';
import { securityGroupOf } from '../resolve.ts';
import { namedGroup } from './group-reference.ts';

export interface RuleInput {
  readonly match: RuleMatch;
  readonly description?: string | undefined;
}

interface PermissionsInput {
  readonly IpPermissions?: readonly ec2.IpPermission[] | undefined;
  readonly IpProtocol?: string | undefined;
  readonly FromPort?: number | undefined;
  readonly ToPort?: number | undefined;
  readonly CidrIp?: string | undefined;
  readonly SourceSecurityGroupName?: string | undefined;
}

/** All rules of an input, by IpPermissions or, of a single one, by members of its own; throws where there is none. */
export function rulesOf(
  tx: ReadTransaction,
  scope: Scope,
  group: SecurityGroup,
  input: PermissionsInput,
): readonly RuleInput[] {
  const permissions = input.IpPermissions ?? [singlePermission(input)];
  const rules = permissions.flatMap((permission) => {
    const ports = portsOf(permission);
    return peersOf(tx, scope, group, permission).map(({ peer, description }) => ({
      match: { ...ports, peer },
      description: checkedDescription(description),
    }));
  });
  if (rules.length === 0) throw missingParameter('ipPermissions');
  return rules;
}

function singlePermission(input: PermissionsInput): ec2.IpPermission {
  const { IpProtocol, FromPort, ToPort, CidrIp, SourceSecurityGroupName: name } = input;
  return {
    IpProtocol: IpProtocol ?? (name === undefined ? undefined : '-1'),
    FromPort,
    ToPort,
    ...(CidrIp !== undefined && { IpRanges: [{ CidrIp }] }),
    ...(name !== undefined && { UserIdGroupPairs: [{ GroupName: name }] }),
  };
}

/** The rule of a SecurityGroupRuleRequest, which has exactly one peer. */
export function ruleOf(
  tx: ReadTransaction,
  scope: Scope,
  group: SecurityGroup,
  input: ec2.SecurityGroupRuleRequest,
): RuleInput {
  const { CidrIpv4, CidrIpv6, PrefixListId, ReferencedGroupId: GroupId } = input;
  const given = [CidrIpv4, CidrIpv6, PrefixListId, GroupId].filter((one) => one !== undefined);
  if (given.length !== 1)
    throw invalidParameterCombination(
      'Specify exactly one of CidrIpv4, CidrIpv6, PrefixListId and ReferencedGroupId.',
    );
  const [rule] = rulesOf(tx, scope, group, {
    IpPermissions: [
      {
        ...input,
        ...(CidrIpv4 !== undefined && { IpRanges: [{ CidrIp: CidrIpv4 }] }),
        ...(CidrIpv6 !== undefined && { Ipv6Ranges: [{ CidrIpv6 }] }),
        ...(PrefixListId !== undefined && { PrefixListIds: [{ PrefixListId }] }),
        ...(GroupId !== undefined && { UserIdGroupPairs: [{ GroupId }] }),
      },
    ],
  });
  return { match: rule!.match, description: checkedDescription(input.Description) };
}

/** Up to 255 characters of those that EC2 takes. */
export function checkedDescription(description: string | undefined): string | undefined {
  if (description !== undefined && !/^[a-zA-Z0-9. _\-:/()#,@[\]+=&;{}!$*]{0,255}$/.test(description))
    throw invalidParameterValue(
      'Invalid rule description. Valid descriptions are strings less than 256 characters from the following set: a-zA-Z0-9. _-:/()#,@[]+=&;{}!$*',
    );
  return description === '' ? undefined : description;
}

const protocolNames: Readonly<Record<string, string>> = {
  '1': 'icmp',
  '6': 'tcp',
  '17': 'udp',
  '58': 'icmpv6',
  all: '-1',
};

/** A protocol as it is kept; `all` of those that have no name is their number. */
function protocolOf(text: string | undefined): string {
  if (text === undefined) throw missingParameter('ipProtocol');
  const lower = text.toLowerCase();
  const protocol = protocolNames[lower] ?? lower;
  const isKnown = ['-1', 'tcp', 'udp', 'icmp', 'icmpv6'].includes(protocol);
  if (!isKnown && !(/^\d{1,3}$/.test(protocol) && Number(protocol) <= 255))
    throw invalidParameterValue(`Invalid value '${text}' for IP protocol. Unknown protocol.`);
  return protocol;
}

type Ports = Pick<RuleMatch, 'protocol' | 'fromPort' | 'toPort'>;

function portsOf({ IpProtocol, FromPort: from, ToPort: to }: ec2.IpPermission): Ports {
  const protocol = protocolOf(IpProtocol);
  if (protocol === 'tcp' || protocol === 'udp') return { protocol, ...transportPorts(protocol, from, to) };
  if (protocol !== 'icmp' && protocol !== 'icmpv6') return { protocol, fromPort: -1, toPort: -1 };
  const [fromPort, toPort] = [from ?? -1, to ?? -1];
  if ([fromPort, toPort].some((one) => one < -1 || one > 255))
    throw permissionMalformed(`Invalid ICMP type or code (${fromPort}, ${toPort})`);
  return { protocol, fromPort, toPort };
}

function transportPorts(
  protocol: string,
  from: number | undefined,
  to: number | undefined,
): Omit<Ports, 'protocol'> {
  if (from === undefined || to === undefined)
    throw invalidParameterValue(
      "Invalid value 'null' for portRange. Must specify both from and to ports with TCP/UDP.",
    );
  // All ports, as some clients say it.
  const [fromPort, toPort] = from === -1 && to === -1 ? [0, 65_535] : [from, to];
  if (fromPort < 0 || toPort > 65_535 || fromPort > toPort)
    throw invalidParameterValue(`Invalid ${protocol.toUpperCase()} port range: (${from}-${to})`);
  return { fromPort, toPort };
}

interface PeerInput {
  readonly peer: RulePeer;
  readonly description: string | undefined;
}

function peersOf(
  tx: ReadTransaction,
  scope: Scope,
  group: SecurityGroup,
  permission: ec2.IpPermission,
): readonly PeerInput[] {
  const { IpRanges = [], Ipv6Ranges = [], PrefixListIds = [], UserIdGroupPairs = [] } = permission;
  return [
    ...IpRanges.map(({ CidrIp, Description }) => ({
      peer: ipv4Peer(CidrIp ?? ''),
      description: Description,
    })),
    ...Ipv6Ranges.map(({ CidrIpv6, Description }) => ({
      peer: ipv6Peer(CidrIpv6 ?? ''),
      description: Description,
    })),
    ...PrefixListIds.map(({ PrefixListId, Description }) => ({
      peer: listPeer(scope, PrefixListId ?? ''),
      description: Description,
    })),
    ...UserIdGroupPairs.map((pair) => ({
      peer: groupPeer(tx, scope, group, pair),
      description: pair.Description,
    })),
  ];
}

function ipv4Peer(text: string): RulePeer {
  const cidr = parseCidr(text);
  if (cidr === undefined) throw invalidParameterValue(`CIDR block ${text} is malformed`);
  return { kind: 'ipv4', value: cidrText(cidr) };
}

function ipv6Peer(text: string): RulePeer {
  const value = ipv6CidrText(text);
  if (value === undefined) throw invalidParameterValue(`CIDR block ${text} is malformed`);
  return { kind: 'ipv6', value };
}

function listPeer({ region }: Scope, id: string): RulePeer {
  if (!prefixLists(region).some((list) => list.id === id)) throw notFound('pl', id);
  return { kind: 'prefixList', value: id };
}

function groupPeer(
  tx: ReadTransaction,
  scope: Scope,
  { vpcId }: SecurityGroup,
  { GroupId: id, GroupName: name, UserId: owner }: ec2.UserIdGroupPair,
): RulePeer {
  if (owner !== undefined && owner !== scope.accountId && id !== undefined) throw notFound('sg', id);
  if (id === undefined) return { kind: 'group', value: namedGroup(tx, vpcId, name ?? '').id };
  const peer = securityGroupOf(tx, scope, id);
  if (peer.vpcId !== vpcId) throw otherNetwork();
  return { kind: 'group', value: peer.id };
}
