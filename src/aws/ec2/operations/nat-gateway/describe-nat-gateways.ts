import { natGateways, type NatGateway } from '../../state/nat-gateway/nat-gateway.ts';
import type { Ec2Operation } from '../../ec2.ts';
import { presentNatGateway } from '../../present/nat-gateway.ts';
import { pagesOfTable, type Filters } from '../describe.ts';
import { natGatewayOf } from '../resolve.ts';

const filters: Filters<NatGateway> = {
  'nat-gateway-id': ({ id }) => id,
  state: ({ state }) => state,
  'subnet-id': ({ subnetId }) => subnetId,
  'vpc-id': ({ vpcId }) => vpcId,
};

const pageOf = pagesOfTable({
  list: 'nat-gateways',
  table: natGateways,
  find: natGatewayOf,
  filters: () => filters,
  present: presentNatGateway,
});

/** DescribeNatGateways: by id, by filters, page by page; those that were deleted within the last hour too. */
export const describeNatGateways: Ec2Operation<'DescribeNatGateways'> = (ec2, input, call) => {
  const page = pageOf(ec2, { ...input, ids: input.NatGatewayIds, Filters: input.Filter }, call);
  return { NatGateways: page.items, NextToken: page.nextToken };
};
