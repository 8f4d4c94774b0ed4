import { vpcEndpoints, type VpcEndpoint } from '../../state/vpc-endpoint/vpc-endpoint.ts';
import type { Ec2Operation } from '../../ec2.ts';
import { presentVpcEndpoint } from '../../present/vpc-endpoint.ts';
import { pagesOfTable, type Filters } from '../describe.ts';
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

const pageOf = pagesOfTable({
  list: 'vpc-endpoints',
  table: vpcEndpoints,
  find: vpcEndpointOf,
  filters: () => filters,
  sizes: [1, 1000],
  present: (endpoint, tx) => presentVpcEndpoint(tx, endpoint),
});

/** DescribeVpcEndpoints: by id, by filters, page by page. */
export const describeVpcEndpoints: Ec2Operation<'DescribeVpcEndpoints'> = (ec2, input, call) => {
  const page = pageOf(ec2, { ...input, ids: input.VpcEndpointIds }, call);
  return { VpcEndpoints: page.items, NextToken: page.nextToken };
};
