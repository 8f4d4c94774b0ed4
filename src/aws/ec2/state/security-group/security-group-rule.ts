// A rule of a security group: a protocol, ports, and one peer.
import { indexOn } from '../../../../store/index-on.ts';
import { defineTable } from '../../../../store/table.ts';
import type { Resource } from '../resource.ts';

/** Which packets a rule is about. */
export interface RuleMatch {
  /** `tcp`, `udp`, `icmp`, `icmpv6`, the number of another, or `-1` for all. */
  readonly protocol: string;
  /** The ICMP type where the protocol is ICMP; -1 of all types and of other protocols. */
  readonly fromPort: number;
  /** The ICMP code where the protocol is ICMP. */
  readonly toPort: number;
  readonly peer: RulePeer;
}

export type RulePeer =
  | { readonly kind: 'ipv4' | 'ipv6' | 'prefixList'; readonly value: string }
  /** A security group, by its id. */
  | { readonly kind: 'group'; readonly value: string };

export interface SecurityGroupRule extends Resource {
  readonly groupId: string;
  readonly direction: 'ingress' | 'egress';
  readonly match: RuleMatch;
  /** `match` as a text: no two rules of a group and a direction have the same. */
  readonly matchText: string;
  readonly description?: string | undefined;
}

export const matchText = ({ protocol, fromPort, toPort, peer }: RuleMatch): string =>
  `${protocol} ${fromPort} ${toPort} ${peer.kind} ${peer.value}`;

const on = indexOn<SecurityGroupRule>();

export const securityGroupRules = defineTable<SecurityGroupRule>()({
  name: 'ec2-security-group-rules',
  durable: true,
  key: ({ id }) => id,
  indexes: {
    scope: on('accountId', 'region'),
    group: on('groupId'),
    groupDirection: on('groupId', 'direction'),
    same: on('groupId', 'direction', 'matchText'),
    /** By the group that is its peer. */
    referencedGroup: on.each(['referencedGroupId'], ({ match: { peer } }) =>
      peer.kind === 'group' ? [{ referencedGroupId: peer.value }] : [],
    ),
  },
  tallies: {},
});
