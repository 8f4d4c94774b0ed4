// What machines of a VPC are told by DHCP, on record.
import { indexOn } from '../../../../store/index-on.ts';
import { defineTable } from '../../../../store/table.ts';
import type { Resource } from '../resource.ts';

export interface DhcpOptions extends Resource {
  readonly configurations: readonly { readonly key: string; readonly values: readonly string[] }[];
}

const on = indexOn<DhcpOptions>();

export const dhcpOptions = defineTable<DhcpOptions>()({
  name: 'ec2-dhcp-options',
  durable: true,
  key: ({ id }) => id,
  indexes: { scope: on('accountId', 'region') },
  tallies: {},
});
