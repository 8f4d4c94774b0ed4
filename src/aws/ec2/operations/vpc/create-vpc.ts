// CreateVpc: a VPC of IPv4 addresses, with the route table, ACL and security group that each has.
import { cidrText, parseCidr, type Cidr } from '../../state/cidr.ts';
import { ensureDefaultNetwork } from '../../state/network/default-network.ts';
import { newVpc } from '../../state/network/new-vpc.ts';
import type { Ec2Operation } from '../../ec2.ts';
import { malformedCidr, missingParameter, unsupported, vpcRange } from '../../errors.ts';
import { presentVpc } from '../../present/vpc.ts';
import { scopeOf } from '../../state/resource.ts';
import { newTags } from '../tags.ts';
import { refuseOtherAddresses } from './other-addresses.ts';

export const createVpc: Ec2Operation<'CreateVpc'> = (ec2, input, call) => {
  refuseOtherAddresses(input);
  if (input.InstanceTenancy === 'host') throw unsupported('VPCs of tenancy host');
  if (input.VpcEncryptionControl !== undefined) throw unsupported('the encryption control of VPCs');
  if (input.CidrBlock === undefined) throw missingParameter('cidrBlock');
  const cidrBlock = cidrText(vpcCidr(input.CidrBlock));
  const { InstanceTenancy: instanceTenancy = 'default' } = input;
  const tags = newTags(input.TagSpecifications, 'vpc');
  return ec2.store.update((tx) => {
    const { dhcpOptionsId } = ensureDefaultNetwork(tx, ec2.random, call);
    const plain = { ...scopeOf(call), cidrBlock, instanceTenancy, isDefault: false, dhcpOptionsId, tags };
    return { Vpc: presentVpc(newVpc(tx, ec2.random, plain)) };
  });
};

/** A block of 16 to 65,536 addresses. */
export function vpcCidr(text: string): Cidr {
  const cidr = parseCidr(text);
  if (cidr === undefined) throw malformedCidr(text);
  if (cidr.length < 16 || cidr.length > 28) throw vpcRange(text);
  return cidr;
}
