// Addresses that are given in ways that are not built: IPv6, and by IPAM.
import { unsupported } from '../../errors.ts';

interface OtherAddresses {
  readonly AmazonProvidedIpv6CidrBlock?: boolean | undefined;
  readonly Ipv6CidrBlock?: string | undefined;
  readonly Ipv6Pool?: string | undefined;
  readonly Ipv6IpamPoolId?: string | undefined;
  readonly Ipv6NetmaskLength?: number | undefined;
  readonly Ipv6Native?: boolean | undefined;
  readonly Ipv4IpamPoolId?: string | undefined;
  readonly Ipv4NetmaskLength?: number | undefined;
}

export function refuseOtherAddresses(input: OtherAddresses): void {
  if (
    input.AmazonProvidedIpv6CidrBlock === true ||
    input.Ipv6Native === true ||
    [input.Ipv6CidrBlock, input.Ipv6Pool, input.Ipv6IpamPoolId, input.Ipv6NetmaskLength].some(
      (one) => one !== undefined,
    )
  )
    throw unsupported('IPv6 addresses of VPCs and subnets');
  if (input.Ipv4IpamPoolId !== undefined || input.Ipv4NetmaskLength !== undefined)
    throw unsupported('addresses from pools of IPAM');
}
