import { addresses } from '../../state/address/address.ts';
import type { Ec2Operation } from '../../ec2.ts';
import { pagesOfTable } from '../describe.ts';
import { addressOf } from '../resolve.ts';

const pageOf = pagesOfTable({
  list: 'addresses-attribute',
  table: addresses,
  find: addressOf,
  filters: () => ({}),
  sizes: [1, 1000],
  present: ({ id, publicIp }) => ({ AllocationId: id, PublicIp: publicIp }),
});

/** DescribeAddressesAttribute: the names that addresses lead back to; nobody gives them any here. */
export const describeAddressesAttribute: Ec2Operation<'DescribeAddressesAttribute'> = (ec2, input, call) => {
  const page = pageOf(ec2, { ...input, ids: input.AllocationIds }, call);
  return { Addresses: page.items, NextToken: page.nextToken };
};
