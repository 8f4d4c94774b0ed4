import type { Random } from '../../../../lib/random.ts';
import type { WriteTransaction } from '../../../../store/store.ts';
import { networkAcls } from '../network-acl/network-acl.ts';
import { newId, scopeOf } from '../resource.ts';
import { subnets, type Subnet } from '../subnet/subnet.ts';
import type { Vpc } from '../vpc/vpc.ts';

export type NewSubnet = Pick<Subnet, 'availabilityZone' | 'cidrBlock' | 'defaultForAz' | 'tags'>;

/** Makes a subnet of `vpc`, which has the VPC's own ACL. One that is its zone's default gives its machines public addresses. */
export function newSubnet(tx: WriteTransaction, random: Random, vpc: Vpc, input: NewSubnet): Subnet {
  const [acl] = tx.table(networkAcls).by('default', { vpcId: vpc.id });
  return tx.table(subnets).put({
    ...scopeOf(vpc),
    ...input,
    id: newId(random, 'subnet'),
    vpcId: vpc.id,
    mapPublicIpOnLaunch: input.defaultForAz,
    hostnameType: 'ip-name',
    enableResourceNameDnsARecord: false,
    networkAclId: acl!.id,
    networkAclAssociationId: newId(random, 'aclassoc'),
  });
}
