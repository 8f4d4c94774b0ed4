import { prefixLists, type PrefixList } from '../../state/vpc-endpoint/endpoint-services.ts';
import type { Ec2Operation } from '../../ec2.ts';
import { partitionOf } from '../../../../lib/partition.ts';
import { describe, listed, type Filters } from '../describe.ts';
import { prefixListOf } from './prefix-list-reference.ts';

const filters: Filters<PrefixList> = {
  'owner-id': () => 'AWS',
  'prefix-list-id': ({ id }) => id,
  'prefix-list-name': ({ name }) => name,
};

/** DescribeManagedPrefixLists: those of AWS; nobody makes others here. */
export const describeManagedPrefixLists: Ec2Operation<'DescribeManagedPrefixLists'> = (_ec2, input, call) => {
  const page = describe(
    {
      list: 'managed-prefix-lists',
      rows: listed(prefixLists(call.region)),
      named: input.PrefixListIds?.map((id) => prefixListOf(call, id)),
      filters,
      filterInput: input.Filters,
      sizes: [1, 100],
    },
    input,
    ({ id, name }) => ({
      PrefixListId: id,
      PrefixListName: name,
      PrefixListArn: `arn:${partitionOf(call.region)}:ec2:${call.region}:aws:prefix-list/${id}`,
      AddressFamily: 'IPv4',
      OwnerId: 'AWS',
      State: 'create-complete' as const,
      Tags: [],
    }),
  );
  return { PrefixLists: page.items, NextToken: page.nextToken };
};
