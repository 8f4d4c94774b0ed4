import { vpcEndpoints, type VpcEndpoint } from '../../state/vpc-endpoint/vpc-endpoint.ts';
import type { Ec2Operation } from '../../ec2.ts';
import { presentVpcEndpoint } from '../../present/vpc-endpoint.ts';
import { describe, type Filters } from '../describe.ts';
import { vpcEndpointOf } from '../resolve.ts';

const filters: Filters<VpcEndpoint> = {
  'ip-address-type': ({ type }) => (type === 'Interface' ? 'ipv4' : undefined),
  'service-name': ({ serviceName }) => serviceName,
  'service-region': ({ region }) => region,
  'vpc-endpoint-id': ({ id }) => id,
  'vpc-endpoint-state': () => 'available',
  'vpc-endpoint-type': ({ type }) => type,
  'vpc-id': ({ vpcId }) => vpcId,
};

/** DescribeVpcEndpoints: by id, by filters, page by page. */
export const describeVpcEndpoints: Ec2Operation<'DescribeVpcEndpoints'> = (ec2, input, call) =>
  ec2.store.view((tx) => {
    const page = describe(
      {
        list: 'vpc-endpoints',
        rows: (after) => tx.table(vpcEndpoints).by('scope', call, after),
        named: input.VpcEndpointIds?.map((id) => vpcEndpointOf(tx, call, id)),
        filters,
        filterInput: input.Filters,
        sizes: [1, 1000],
      },
      input,
      (endpoint) => presentVpcEndpoint(tx, endpoint),
    );
    return { VpcEndpoints: page.items, NextToken: page.nextToken };
  });
