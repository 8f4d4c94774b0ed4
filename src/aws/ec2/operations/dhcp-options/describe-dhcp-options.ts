import { dhcpOptions, type DhcpOptions } from '../../state/dhcp-options/dhcp-options.ts';
import type { Ec2Operation } from '../../ec2.ts';
import { presentDhcpOptions } from '../../present/dhcp-options.ts';
import { pagesOfTable, type Filters } from '../describe.ts';
import { dhcpOptionsOf } from '../resolve.ts';

const filters: Filters<DhcpOptions> = {
  'dhcp-options-id': ({ id }) => id,
  key: ({ configurations }) => configurations.map(({ key }) => key),
  'owner-id': ({ accountId }) => accountId,
  value: ({ configurations }) => configurations.flatMap(({ values }) => values),
};

const pageOf = pagesOfTable({
  list: 'dhcp-options',
  table: dhcpOptions,
  find: dhcpOptionsOf,
  filters: () => filters,
  present: presentDhcpOptions,
});

/** DescribeDhcpOptions: by id, by filters, page by page. */
export const describeDhcpOptions: Ec2Operation<'DescribeDhcpOptions'> = (ec2, input, call) => {
  const page = pageOf(ec2, { ...input, ids: input.DhcpOptionsIds }, call);
  return { DhcpOptions: page.items, NextToken: page.nextToken };
};
