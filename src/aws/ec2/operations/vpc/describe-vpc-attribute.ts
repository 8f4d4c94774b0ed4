import type { Vpc } from '../../state/vpc/vpc.ts';
import type * as ec2 from '../../shapes.generated.ts';
import type { Ec2Operation } from '../../ec2.ts';
import { vpcOf } from '../resolve.ts';

/** DescribeVpcAttribute: one of a VPC's settings. */
export const describeVpcAttribute: Ec2Operation<'DescribeVpcAttribute'> = (ec2, input, call) =>
  ec2.store.view((tx) => {
    const vpc = vpcOf(tx, call, input.VpcId);
    return { VpcId: vpc.id, ...presentAttribute(vpc, input.Attribute) };
  });

function presentAttribute(vpc: Vpc, attribute: ec2.VpcAttributeName): ec2.DescribeVpcAttributeResult {
  switch (attribute) {
    case 'enableDnsSupport':
      return { EnableDnsSupport: { Value: vpc.enableDnsSupport } };
    case 'enableDnsHostnames':
      return { EnableDnsHostnames: { Value: vpc.enableDnsHostnames } };
    case 'enableNetworkAddressUsageMetrics':
      return { EnableNetworkAddressUsageMetrics: { Value: vpc.enableNetworkAddressUsageMetrics } };
  }
}
