import type { Ec2Operation } from '../../ec2.ts';
import { vpnGatewayNotFound } from '../../errors.ts';
import { describeAll } from '../describe.ts';

/** DescribeVpnGateways: there are none, for none can be made. Tools that look up a VPC ask for them. */
export const describeVpnGateways: Ec2Operation<'DescribeVpnGateways'> = (_ec2, input) => {
  const [id] = input.VpnGatewayIds ?? [];
  if (id !== undefined) throw vpnGatewayNotFound(id);
  const none = () => [];
  const filters = {
    'amazon-side-asn': none,
    'attachment.state': none,
    'attachment.vpc-id': none,
    'availability-zone': none,
    state: none,
    type: none,
    'vpn-gateway-id': none,
  };
  return { VpnGateways: describeAll([], filters, input.Filters).map(() => ({})) };
};
