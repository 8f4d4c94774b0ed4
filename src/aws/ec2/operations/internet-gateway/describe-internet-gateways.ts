import { internetGateways, type InternetGateway } from '../../state/internet-gateway/internet-gateway.ts';
import type { Ec2Operation } from '../../ec2.ts';
import { presentInternetGateway } from '../../present/internet-gateway.ts';
import { describe, type Filters } from '../describe.ts';
import { internetGatewayOf } from '../resolve.ts';

const filters: Filters<InternetGateway> = {
  'attachment.state': ({ vpcId }) => (vpcId === undefined ? undefined : 'available'),
  'attachment.vpc-id': ({ vpcId }) => vpcId,
  'internet-gateway-id': ({ id }) => id,
  'owner-id': ({ accountId }) => accountId,
};

/** DescribeInternetGateways: by id, by filters, page by page. */
export const describeInternetGateways: Ec2Operation<'DescribeInternetGateways'> = (ec2, input, call) =>
  ec2.store.view((tx) => {
    const page = describe(
      {
        list: 'internet-gateways',
        rows: (after) => tx.table(internetGateways).by('scope', call, after),
        named: input.InternetGatewayIds?.map((id) => internetGatewayOf(tx, call, id)),
        filters,
        filterInput: input.Filters,
      },
      input,
      presentInternetGateway,
    );
    return { InternetGateways: page.items, NextToken: page.nextToken };
  });
