// A rule of an ACL, out of an input; and its place among the others.
import type * as ec2 from '../../shapes.generated.ts';
import { cidrText, ipv6CidrText, parseCidr } from '../../state/cidr.ts';
import type { NetworkAclEntry } from '../../state/network-acl/network-acl.ts';
import {
  invalidParameterCombination,
  invalidParameterValue,
  malformedCidr,
  missingParameter,
} from '../../errors.ts';

const maxRuleNumber = 32_766;
const protocolNumbers: Readonly<Record<string, string>> = {
  all: '-1',
  icmp: '1',
  tcp: '6',
  udp: '17',
  icmpv6: '58',
};

export function entryOf(input: ec2.CreateNetworkAclEntryRequest): NetworkAclEntry {
  const { RuleNumber: ruleNumber, Egress: egress, RuleAction: action } = input;
  if (ruleNumber < 1 || ruleNumber > maxRuleNumber)
    throw invalidParameterValue(
      `Value (${ruleNumber}) for parameter ruleNumber is invalid. It must be from 1 to ${maxRuleNumber}.`,
    );
  const protocol = protocolOf(input.Protocol);
  return { ruleNumber, egress, action, protocol, ...blockOf(input), ...portsOf(protocol, input) };
}

function protocolOf(text: string): string {
  const protocol = protocolNumbers[text.toLowerCase()] ?? text;
  if (!/^(-1|\d{1,3})$/.test(protocol) || Number(protocol) > 255)
    throw invalidParameterValue(`Invalid value '${text}' for IP protocol. Unknown protocol.`);
  return protocol;
}

function blockOf({
  CidrBlock: ipv4,
  Ipv6CidrBlock: ipv6,
}: ec2.CreateNetworkAclEntryRequest): Pick<NetworkAclEntry, 'cidrBlock' | 'ipv6CidrBlock'> {
  if (ipv4 !== undefined && ipv6 !== undefined)
    throw invalidParameterCombination('Specify one of cidrBlock and ipv6CidrBlock.');
  if (ipv6 !== undefined) {
    const ipv6CidrBlock = ipv6CidrText(ipv6);
    if (ipv6CidrBlock === undefined) throw malformedCidr(ipv6);
    return { ipv6CidrBlock };
  }
  if (ipv4 === undefined) throw missingParameter('cidrBlock');
  const cidr = parseCidr(ipv4);
  if (cidr === undefined) throw malformedCidr(ipv4);
  return { cidrBlock: cidrText(cidr) };
}

function portsOf(
  protocol: string,
  { PortRange: range, IcmpTypeCode: icmp }: ec2.CreateNetworkAclEntryRequest,
): Pick<NetworkAclEntry, 'portRange' | 'icmp'> {
  if (protocol === '1' || protocol === '58') {
    if (icmp?.Type === undefined || icmp.Code === undefined) throw missingParameter('icmpTypeCode');
    return { icmp: { type: icmp.Type, code: icmp.Code } };
  }
  if (protocol !== '6' && protocol !== '17') return {};
  const { From: from, To: to } = range ?? {};
  if (from === undefined || to === undefined) throw missingParameter('portRange');
  if (from < 0 || to > 65_535 || from > to)
    throw invalidParameterValue(`Invalid port range: (${from}-${to})`);
  return { portRange: { from, to } };
}

/** Whether it is the one of that number and direction. */
export const isEntry =
  (ruleNumber: number, egress: boolean) =>
  (entry: NetworkAclEntry): boolean =>
    entry.ruleNumber === ruleNumber && entry.egress === egress;

/** What leaves comes first, then by number. */
export const inOrder = (entries: readonly NetworkAclEntry[]): readonly NetworkAclEntry[] =>
  entries.toSorted(
    (one, other) => Number(other.egress) - Number(one.egress) || one.ruleNumber - other.ruleNumber,
  );
