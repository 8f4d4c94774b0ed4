import type { Ec2Operation } from '../../ec2.ts';
import { describe, listed } from '../describe.ts';
import { prefixListOf } from './prefix-list-reference.ts';

/** GetManagedPrefixListEntries: the addresses of a list. */
export const getManagedPrefixListEntries: Ec2Operation<'GetManagedPrefixListEntries'> = (
  _ec2,
  input,
  call,
) => {
  const { cidrs } = prefixListOf(call, input.PrefixListId);
  const rows = listed(cidrs.map((id) => ({ id })));
  const listing = { list: 'prefix-list-entries', rows, filters: {}, sizes: [1, 100] as const };
  const page = describe(listing, input, ({ id }) => ({ Cidr: id }));
  return { Entries: page.items, NextToken: page.nextToken };
};
