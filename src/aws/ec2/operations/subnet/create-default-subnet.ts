// CreateDefaultSubnet: makes the default subnet of a zone again, for whoever has deleted it.
import { newDefaultSubnet } from '../../state/network/default-network.ts';
import { subnets } from '../../state/subnet/subnet.ts';
import { zoneOf } from '../../state/zone.ts';
import type { Ec2Operation } from '../../ec2.ts';
import {
  defaultSubnetExists,
  defaultVpcMissing,
  missingParameter,
  subnetConflict,
  zoneNotFound,
} from '../../errors.ts';
import { presentSubnet } from '../../present/subnet.ts';
import { defaultVpc } from '../resolve.ts';
import { refuseOtherAddresses } from '../vpc/other-addresses.ts';
import { conflictsWithSubnet } from './create-subnet.ts';

export const createDefaultSubnet: Ec2Operation<'CreateDefaultSubnet'> = (ec2, input, call) => {
  refuseOtherAddresses(input);
  const name = input.AvailabilityZone ?? input.AvailabilityZoneId;
  if (name === undefined) throw missingParameter('availabilityZone');
  const zone = zoneOf(call.region, name);
  if (zone === undefined) throw zoneNotFound(name);
  return ec2.store.update((tx) => {
    const vpc = defaultVpc(tx, call);
    if (vpc === undefined) throw defaultVpcMissing();
    const known = [...tx.table(subnets).by('vpc', { vpcId: vpc.id })].find(
      ({ defaultForAz, availabilityZone }) => defaultForAz && availabilityZone === zone.name,
    );
    if (known !== undefined) throw defaultSubnetExists(zone.name, known.id);
    const subnet = newDefaultSubnet(tx, ec2.random, vpc, zone.name);
    if (conflictsWithSubnet(tx, subnet)) throw subnetConflict(subnet.cidrBlock);
    return { Subnet: presentSubnet(tx, subnet) };
  });
};
