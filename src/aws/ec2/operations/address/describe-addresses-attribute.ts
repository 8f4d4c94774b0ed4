import { addresses } from '../../state/address/address.ts';
import type { Ec2Operation } from '../../ec2.ts';
import { describe } from '../describe.ts';
import { addressOf } from '../resolve.ts';

/** DescribeAddressesAttribute: the names that addresses lead back to; nobody gives them any here. */
export const describeAddressesAttribute: Ec2Operation<'DescribeAddressesAttribute'> = (ec2, input, call) =>
  ec2.store.view((tx) => {
    const page = describe(
      {
        list: 'addresses-attribute',
        rows: (after) => tx.table(addresses).by('scope', call, after),
        named: input.AllocationIds?.map((id) => addressOf(tx, call, id)),
        filters: {},
        sizes: [1, 1000],
      },
      input,
      ({ id, publicIp }) => ({ AllocationId: id, PublicIp: publicIp }),
    );
    return { Addresses: page.items, NextToken: page.nextToken };
  });
