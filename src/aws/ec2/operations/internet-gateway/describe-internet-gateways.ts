import { internetGateways, type InternetGateway } from '../../state/internet-gateway/internet-gateway.ts';
import type { Ec2Operation } from '../../ec2.ts';
import { presentInternetGateway } from '../../present/internet-gateway.ts';
import { pagesOfTable, type Filters } from '../describe.ts';
import { internetGatewayOf } from '../resolve.ts';

const filters: Filters<InternetGateway> = {
  'attachment.state': ({ vpcId }) => (vpcId === undefined ? undefined : 'available'),
  'attachment.vpc-id': ({ vpcId }) => vpcId,
  'internet-gateway-id': ({ id }) => id,
  'owner-id': ({ accountId }) => accountId,
};

const pageOf = pagesOfTable({
  list: 'internet-gateways',
  table: internetGateways,
  find: internetGatewayOf,
  filters: () => filters,
  present: presentInternetGateway,
});

/** DescribeInternetGateways: by id, by filters, page by page. */
export const describeInternetGateways: Ec2Operation<'DescribeInternetGateways'> = (ec2, input, call) => {
  const page = pageOf(ec2, { ...input, ids: input.InternetGatewayIds }, call);
  return { InternetGateways: page.items, NextToken: page.nextToken };
};
