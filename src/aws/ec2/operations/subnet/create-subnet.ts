// CreateSubnet: a part of a VPC's addresses that no other subnet has.
import type { ReadTransaction } from '../../../../store/store.ts';
import { cidrText, contains, overlaps, parseCidr, type Cidr } from '../../state/cidr.ts';
import { newSubnet } from '../../state/network/new-subnet.ts';
import { subnets, type Subnet } from '../../state/subnet/subnet.ts';
import { zoneOf, zonesOf } from '../../state/zone.ts';
import type { Ec2Operation } from '../../ec2.ts';
import {
  malformedCidr,
  missingParameter,
  subnetConflict,
  subnetRange,
  unsupported,
  zoneNotFound,
} from '../../errors.ts';
import { presentSubnet } from '../../present/subnet.ts';
import { vpcOf } from '../resolve.ts';
import { newTags } from '../tags.ts';
import { refuseOtherAddresses } from '../vpc/other-addresses.ts';

export const createSubnet: Ec2Operation<'CreateSubnet'> = (ec2, input, call) => {
  refuseOtherAddresses(input);
  if (input.OutpostArn !== undefined) throw unsupported('subnets of Outposts');
  if (input.CidrBlock === undefined) throw missingParameter('cidrBlock');
  const cidr = subnetCidr(input.CidrBlock);
  const named = input.AvailabilityZone ?? input.AvailabilityZoneId;
  const zone = named === undefined ? zonesOf(call.region)[0] : zoneOf(call.region, named);
  if (zone === undefined) throw zoneNotFound(named!);
  const tags = newTags(input.TagSpecifications, 'subnet');
  return ec2.store.update((tx) => {
    const vpc = vpcOf(tx, call, input.VpcId);
    const cidrBlock = cidrText(cidr);
    if (!vpc.cidrBlocks.some((block) => contains(parseCidr(block.cidrBlock)!, cidr)))
      throw subnetRange(cidrBlock);
    if (conflictsWithSubnet(tx, { id: '', vpcId: vpc.id, cidrBlock })) throw subnetConflict(cidrBlock);
    const plain = { availabilityZone: zone.name, cidrBlock, defaultForAz: false, tags };
    return { Subnet: presentSubnet(tx, newSubnet(tx, ec2.random, vpc, plain)) };
  });
};

function subnetCidr(text: string): Cidr {
  const cidr = parseCidr(text);
  if (cidr === undefined) throw malformedCidr(text);
  if (cidr.length < 16 || cidr.length > 28) throw subnetRange(text);
  return cidr;
}

/** Whether another subnet of the VPC has some of its addresses. */
export const conflictsWithSubnet = (
  tx: ReadTransaction,
  { id, vpcId, cidrBlock }: Pick<Subnet, 'id' | 'vpcId' | 'cidrBlock'>,
): boolean =>
  [...tx.table(subnets).by('vpc', { vpcId })].some(
    (other) => other.id !== id && overlaps(parseCidr(other.cidrBlock)!, parseCidr(cidrBlock)!),
  );
