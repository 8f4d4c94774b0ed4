import { natGateways, type NatGateway } from '../../state/nat-gateway/nat-gateway.ts';
import type { Ec2Operation } from '../../ec2.ts';
import { presentNatGateway } from '../../present/nat-gateway.ts';
import { describe, type Filters } from '../describe.ts';
import { natGatewayOf } from '../resolve.ts';

const filters: Filters<NatGateway> = {
  'nat-gateway-id': ({ id }) => id,
  state: ({ state }) => state,
  'subnet-id': ({ subnetId }) => subnetId,
  'vpc-id': ({ vpcId }) => vpcId,
};

/** DescribeNatGateways: by id, by filters, page by page; those that were deleted within the last hour too. */
export const describeNatGateways: Ec2Operation<'DescribeNatGateways'> = (ec2, input, call) =>
  ec2.store.view((tx) => {
    const page = describe(
      {
        list: 'nat-gateways',
        rows: (after) => tx.table(natGateways).by('scope', call, after),
        named: input.NatGatewayIds?.map((id) => natGatewayOf(tx, call, id)),
        filters,
        filterInput: input.Filter,
      },
      input,
      presentNatGateway,
    );
    return { NatGateways: page.items, NextToken: page.nextToken };
  });
