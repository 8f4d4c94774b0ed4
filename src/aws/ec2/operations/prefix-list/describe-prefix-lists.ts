import { prefixLists, type PrefixList } from '../../state/vpc-endpoint/endpoint-services.ts';
import type { Ec2Operation } from '../../ec2.ts';
import { describe, listed, type Filters } from '../describe.ts';
import { prefixListOf } from './prefix-list-reference.ts';

const filters: Filters<PrefixList> = {
  'prefix-list-id': ({ id }) => id,
  'prefix-list-name': ({ name }) => name,
};

/** DescribePrefixLists: the addresses of the services that gateway endpoints lead to. */
export const describePrefixLists: Ec2Operation<'DescribePrefixLists'> = (_ec2, input, call) => {
  const page = describe(
    {
      list: 'prefix-lists',
      rows: listed(prefixLists(call.region)),
      named: input.PrefixListIds?.map((id) => prefixListOf(call, id)),
      filters,
      filterInput: input.Filters,
    },
    input,
    ({ id, name, cidrs }) => ({ PrefixListId: id, PrefixListName: name, Cidrs: cidrs }),
  );
  return { PrefixLists: page.items, NextToken: page.nextToken };
};
