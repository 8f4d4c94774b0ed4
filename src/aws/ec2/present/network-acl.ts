import type { ReadTransaction } from '../../../store/store.ts';
import type { Presented } from '../../shared/presented.ts';
import type * as ec2 from '../shapes.generated.ts';
import type { NetworkAcl, NetworkAclEntry } from '../state/network-acl/network-acl.ts';
import { subnets } from '../state/subnet/subnet.ts';
import { presentTags } from './tags.ts';

export const presentNetworkAcl = (tx: ReadTransaction, acl: NetworkAcl): Presented<ec2.NetworkAcl> => ({
  NetworkAclId: acl.id,
  OwnerId: acl.accountId,
  VpcId: acl.vpcId,
  IsDefault: acl.isDefault,
  Entries: acl.entries.map(presentEntry),
  Associations: [...tx.table(subnets).by('networkAcl', { networkAclId: acl.id })].map((subnet) => ({
    NetworkAclAssociationId: subnet.networkAclAssociationId,
    NetworkAclId: acl.id,
    SubnetId: subnet.id,
  })),
  Tags: presentTags(acl.tags),
});

const presentEntry = (entry: NetworkAclEntry): Presented<ec2.NetworkAclEntry> => ({
  RuleNumber: entry.ruleNumber,
  Egress: entry.egress,
  RuleAction: entry.action,
  Protocol: entry.protocol,
  CidrBlock: entry.cidrBlock,
  Ipv6CidrBlock: entry.ipv6CidrBlock,
  PortRange: entry.portRange && { From: entry.portRange.from, To: entry.portRange.to },
  IcmpTypeCode: entry.icmp && { Type: entry.icmp.type, Code: entry.icmp.code },
});
