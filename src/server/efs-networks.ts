// The networks that mount targets of EFS are in: EC2's. Neither service imports the other.
import { isUsable, parseAddress, parseCidr } from '../aws/ec2/state/cidr.ts';
import {
  createNetworkInterface,
  deleteNetworkInterface,
} from '../aws/ec2/state/network-interface/create-network-interface.ts';
import { isTaken } from '../aws/ec2/state/network-interface/free-address.ts';
import { networkInterfaces } from '../aws/ec2/state/network-interface/network-interface.ts';
import { securityGroups } from '../aws/ec2/state/security-group/security-group.ts';
import { subnets, type Subnet } from '../aws/ec2/state/subnet/subnet.ts';
import { zoneOf } from '../aws/ec2/state/zone.ts';
import type { Networks } from '../aws/efs/state/mount-target/networks.ts';
import type { Scope } from '../aws/shared/scope.ts';
import type { Random } from '../lib/random.ts';
import type { ReadTransaction } from '../store/store.ts';

function subnetOf(tx: ReadTransaction, { accountId, region }: Scope, id: string): Subnet | undefined {
  const subnet = tx.table(subnets).get(id);
  return subnet?.accountId === accountId && subnet.region === region ? subnet : undefined;
}

export const efsNetworks = (random: Random): Networks => ({
  subnet(tx, scope, id) {
    const subnet = subnetOf(tx, scope, id);
    if (subnet === undefined) return undefined;
    const { vpcId, availabilityZone } = subnet;
    const { name, id: zoneId } = zoneOf(scope.region, availabilityZone)!;
    return { vpcId, availabilityZoneName: name, availabilityZoneId: zoneId };
  },
  hasSecurityGroup: (tx, _scope, vpcId, id) => tx.table(securityGroups).get(id)?.vpcId === vpcId,
  defaultSecurityGroup: (tx, _scope, vpcId) =>
    tx.table(securityGroups).by('name', { vpcId, name: 'default' }).next().value!.id,
  attach(tx, scope, { subnetId, securityGroups: groupIds, ipAddress, description }) {
    const subnet = subnetOf(tx, scope, subnetId)!;
    if (ipAddress !== undefined) {
      const address = parseAddress(ipAddress);
      const isOfSubnet = address !== undefined && isUsable(parseCidr(subnet.cidrBlock)!, address);
      if (!isOfSubnet) return 'not in subnet';
      if (isTaken(tx, subnetId, ipAddress)) return 'address in use';
    }
    const made = createNetworkInterface(tx, random, {
      subnet,
      groupIds,
      description,
      interfaceType: 'efs',
      requester: 'amazon-elasticfilesystem',
      ...(ipAddress !== undefined && { privateIpAddresses: [ipAddress] }),
    });
    return made === undefined ? 'no free address' : { id: made.id, ipAddress: made.privateIpAddresses[0]! };
  },
  detach(tx, networkInterfaceId) {
    const found = tx.table(networkInterfaces).get(networkInterfaceId);
    if (found !== undefined) deleteNetworkInterface(tx, found);
  },
  changeSecurityGroups(tx, networkInterfaceId, groupIds) {
    const found = tx.table(networkInterfaces).get(networkInterfaceId)!;
    tx.table(networkInterfaces).put({ ...found, groupIds });
  },
});
