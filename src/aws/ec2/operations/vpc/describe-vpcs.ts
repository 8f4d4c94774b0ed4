// DescribeVpcs: by id, by filters, page by page.
import type { Vpc } from '../../state/vpc/vpc.ts';
import { vpcs } from '../../state/vpc/vpc.ts';
import type { Ec2Operation } from '../../ec2.ts';
import { presentVpc } from '../../present/vpc.ts';
import { pagesOfTable, type Filters } from '../describe.ts';
import { vpcOf } from '../resolve.ts';

const filters: Filters<Vpc> = {
  cidr: ({ cidrBlocks }) => cidrBlocks[0]!.cidrBlock,
  'cidr-block': ({ cidrBlocks }) => cidrBlocks[0]!.cidrBlock,
  cidrBlock: ({ cidrBlocks }) => cidrBlocks[0]!.cidrBlock,
  'cidr-block-association.association-id': ({ cidrBlocks }) => cidrBlocks.map(({ id }) => id),
  'cidr-block-association.cidr-block': ({ cidrBlocks }) => cidrBlocks.map(({ cidrBlock }) => cidrBlock),
  'cidr-block-association.state': ({ cidrBlocks }) => cidrBlocks.map(() => 'associated'),
  'dhcp-options-id': ({ dhcpOptionsId }) => dhcpOptionsId,
  'instance-tenancy': ({ instanceTenancy }) => instanceTenancy,
  'ipv6-cidr-block-association.association-id': () => [],
  'ipv6-cidr-block-association.ipv6-cidr-block': () => [],
  'ipv6-cidr-block-association.ipv6-pool': () => [],
  'ipv6-cidr-block-association.state': () => [],
  'is-default': ({ isDefault }) => isDefault,
  isDefault: ({ isDefault }) => isDefault,
  'owner-id': ({ accountId }) => accountId,
  state: () => 'available',
  'vpc-id': ({ id }) => id,
};

const pageOf = pagesOfTable({
  list: 'vpcs',
  table: vpcs,
  find: vpcOf,
  filters: () => filters,
  present: presentVpc,
});

export const describeVpcs: Ec2Operation<'DescribeVpcs'> = (ec2, input, call) => {
  const page = pageOf(ec2, { ...input, ids: input.VpcIds }, call);
  return { Vpcs: page.items, NextToken: page.nextToken };
};
