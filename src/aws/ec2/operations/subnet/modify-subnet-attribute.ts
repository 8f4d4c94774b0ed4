// ModifySubnetAttribute: one setting at a time, as EC2 takes them.
import { subnets, type Subnet } from '../../state/subnet/subnet.ts';
import type * as ec2 from '../../shapes.generated.ts';
import type { Ec2Operation } from '../../ec2.ts';
import { invalidParameterCombination, missingParameter, unsupported } from '../../errors.ts';
import { subnetOf } from '../resolve.ts';

export const modifySubnetAttribute: Ec2Operation<'ModifySubnetAttribute'> = (ec2, input, call) => {
  refuseNotBuilt(input);
  const asked = Object.entries(changes(input)).filter(([, value]) => value !== undefined);
  return ec2.store.update((tx) => {
    const subnet = subnetOf(tx, call, input.SubnetId);
    const given = Object.keys(input).filter((member) => member !== 'SubnetId');
    if (given.length === 0) throw missingParameter('attribute');
    if (given.length > 1) throw invalidParameterCombination('Only one attribute can be modified at a time.');
    tx.table(subnets).put({ ...subnet, ...Object.fromEntries(asked) });
    return {};
  });
};

const changes = (
  input: ec2.ModifySubnetAttributeRequest,
): { readonly [Member in keyof Subnet]?: Subnet[Member] | undefined } => ({
  mapPublicIpOnLaunch: input.MapPublicIpOnLaunch?.Value,
  hostnameType: input.PrivateDnsHostnameTypeOnLaunch,
  enableResourceNameDnsARecord: input.EnableResourceNameDnsARecordOnLaunch?.Value,
});

/** What of IPv6 and of Outposts is asked to be as it is anyhow is no harm. */
function refuseNotBuilt(input: ec2.ModifySubnetAttributeRequest): void {
  if (
    [
      input.AssignIpv6AddressOnCreation,
      input.EnableDns64,
      input.EnableResourceNameDnsAAAARecordOnLaunch,
    ].some((one) => one?.Value === true)
  )
    throw unsupported('IPv6 addresses of VPCs and subnets');
  if (
    input.MapCustomerOwnedIpOnLaunch?.Value === true ||
    input.CustomerOwnedIpv4Pool !== undefined ||
    input.EnableLniAtDeviceIndex !== undefined
  )
    throw unsupported('subnets of Outposts');
}
