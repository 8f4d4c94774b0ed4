// DescribeNetworkAcls: by id, by filters, page by page.
import type { ReadTransaction } from '../../../../store/store.ts';
import { networkAcls, type NetworkAcl, type NetworkAclEntry } from '../../state/network-acl/network-acl.ts';
import { subnets, type Subnet } from '../../state/subnet/subnet.ts';
import type { Ec2Operation } from '../../ec2.ts';
import { presentNetworkAcl } from '../../present/network-acl.ts';
import { pagesOfTable, type Filters } from '../describe.ts';
import { networkAclOf } from '../resolve.ts';

function filters(tx: ReadTransaction): Filters<NetworkAcl> {
  const association = (read: (subnet: Subnet) => string) => (acl: NetworkAcl) =>
    [...tx.table(subnets).by('networkAcl', { networkAclId: acl.id })].map(read);
  const entry = (read: (entry: NetworkAclEntry) => string | number | undefined) => (acl: NetworkAcl) =>
    acl.entries.map(read);
  return {
    'association.association-id': association(({ networkAclAssociationId }) => networkAclAssociationId),
    'association.network-acl-id': association(({ networkAclId }) => networkAclId),
    'association.subnet-id': association(({ id }) => id),
    default: ({ isDefault }) => isDefault,
    'entry.cidr': entry(({ cidrBlock }) => cidrBlock),
    'entry.egress': entry(({ egress }) => String(egress)),
    'entry.icmp.code': entry(({ icmp }) => icmp?.code),
    'entry.icmp.type': entry(({ icmp }) => icmp?.type),
    'entry.ipv6-cidr': entry(({ ipv6CidrBlock }) => ipv6CidrBlock),
    'entry.port-range.from': entry(({ portRange }) => portRange?.from),
    'entry.port-range.to': entry(({ portRange }) => portRange?.to),
    'entry.protocol': entry(({ protocol }) => protocol),
    'entry.rule-action': entry(({ action }) => action),
    'entry.rule-number': entry(({ ruleNumber }) => ruleNumber),
    'network-acl-id': ({ id }) => id,
    'owner-id': ({ accountId }) => accountId,
    'vpc-id': ({ vpcId }) => vpcId,
  };
}

const pageOf = pagesOfTable({
  list: 'network-acls',
  table: networkAcls,
  find: networkAclOf,
  filters,
  present: (acl, tx) => presentNetworkAcl(tx, acl),
});

export const describeNetworkAcls: Ec2Operation<'DescribeNetworkAcls'> = (ec2, input, call) => {
  const page = pageOf(ec2, { ...input, ids: input.NetworkAclIds }, call);
  return { NetworkAcls: page.items, NextToken: page.nextToken };
};
