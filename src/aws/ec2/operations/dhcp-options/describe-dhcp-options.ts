import { dhcpOptions, type DhcpOptions } from '../../state/dhcp-options/dhcp-options.ts';
import type { Ec2Operation } from '../../ec2.ts';
import { presentDhcpOptions } from '../../present/dhcp-options.ts';
import { describe, type Filters } from '../describe.ts';
import { dhcpOptionsOf } from '../resolve.ts';

const filters: Filters<DhcpOptions> = {
  'dhcp-options-id': ({ id }) => id,
  key: ({ configurations }) => configurations.map(({ key }) => key),
  'owner-id': ({ accountId }) => accountId,
  value: ({ configurations }) => configurations.flatMap(({ values }) => values),
};

/** DescribeDhcpOptions: by id, by filters, page by page. */
export const describeDhcpOptions: Ec2Operation<'DescribeDhcpOptions'> = (ec2, input, call) =>
  ec2.store.view((tx) => {
    const page = describe(
      {
        list: 'dhcp-options',
        rows: (after) => tx.table(dhcpOptions).by('scope', call, after),
        named: input.DhcpOptionsIds?.map((id) => dhcpOptionsOf(tx, call, id)),
        filters,
        filterInput: input.Filters,
      },
      input,
      presentDhcpOptions,
    );
    return { DhcpOptions: page.items, NextToken: page.nextToken };
  });
