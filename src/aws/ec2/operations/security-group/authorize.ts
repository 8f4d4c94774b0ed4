// What AuthorizeSecurityGroupIngress and …Egress do alike: add rules, all of them or none.
import type { Call } from '../../../../wire/api.ts';
import type * as ec2 from '../../shapes.generated.ts';
import { newRule } from '../../state/security-group/new-security-group.ts';
import {
  matchText,
  securityGroupRules,
  type RuleMatch,
  type SecurityGroupRule,
} from '../../state/security-group/security-group-rule.ts';
import type { Ec2 } from '../../ec2.ts';
import { permissionExists, rulesLimitExceeded } from '../../errors.ts';
import { presentSecurityGroupRule } from '../../present/security-group-rule.ts';
import { newTags } from '../tags.ts';
import { referencedGroup } from './group-reference.ts';
import { rulesOf } from './rule-input.ts';

const maxRules = 60;

export function authorize(
  { store, random }: Ec2,
  direction: SecurityGroupRule['direction'],
  input: ec2.AuthorizeSecurityGroupIngressRequest,
  call: Call,
): ec2.AuthorizeSecurityGroupIngressResult {
  const tags = newTags(input.TagSpecifications, 'security-group-rule');
  return store.update((tx) => {
    const group = referencedGroup(tx, call, input);
    const groupId = group.id;
    const added = rulesOf(tx, call, group, input).map(({ match, description }) => {
      const same = { groupId, direction, matchText: matchText(match) };
      if (tx.table(securityGroupRules).count('same', same) > 0) throw permissionExists(matchTitle(match));
      return newRule(tx, random, group, { direction, match, description, tags });
    });
    if (tx.table(securityGroupRules).count('groupDirection', { groupId, direction }) > maxRules)
      throw rulesLimitExceeded();
    return { Return: true, SecurityGroupRules: added.map(presentSecurityGroupRule) };
  });
}

/** A rule as EC2 names it in errors. */
export function matchTitle({ protocol, fromPort, toPort, peer }: RuleMatch): string {
  if (protocol === '-1') return `peer: ${peer.value}, ALL, ALLOW`;
  const name = protocol.toUpperCase();
  if (protocol === 'icmp' || protocol === 'icmpv6')
    return `peer: ${peer.value}, ${name}, type: ${titleOf(fromPort)}, code: ${titleOf(toPort)}, ALLOW`;
  return protocol === 'tcp' || protocol === 'udp'
    ? `peer: ${peer.value}, ${name}, from port: ${fromPort}, to port: ${toPort}, ALLOW`
    : `peer: ${peer.value}, ${name}, ALLOW`;
}

const titleOf = (value: number): string => (value === -1 ? 'ALL' : String(value));
