// DescribeSubnets: by id, by filters, page by page.
import { freeAddressCount } from '../../state/network-interface/free-address.ts';
import type { ReadTransaction } from '../../../../store/store.ts';
import { ec2Arn } from '../../state/resource.ts';
import { subnets, type Subnet } from '../../state/subnet/subnet.ts';
import { zoneOf } from '../../state/zone.ts';
import type { Ec2Operation } from '../../ec2.ts';
import { presentSubnet } from '../../present/subnet.ts';
import { pagesOfTable, type Filters } from '../describe.ts';
import { subnetOf } from '../resolve.ts';

const filters = (tx: ReadTransaction): Filters<Subnet> => {
  const zone = ({ availabilityZone }: Subnet) => availabilityZone;
  const zoneId = ({ region, availabilityZone }: Subnet) => zoneOf(region, availabilityZone)?.id;
  const cidr = ({ cidrBlock }: Subnet) => cidrBlock;
  const isDefault = ({ defaultForAz }: Subnet) => defaultForAz;
  return {
    'availability-zone': zone,
    availabilityZone: zone,
    'availability-zone-id': zoneId,
    availabilityZoneId: zoneId,
    'available-ip-address-count': (subnet) => freeAddressCount(tx, subnet),
    cidr,
    'cidr-block': cidr,
    cidrBlock: cidr,
    'default-for-az': isDefault,
    defaultForAz: isDefault,
    'customer-owned-ipv4-pool': () => [],
    'enable-dns64': () => false,
    'enable-lni-at-device-index': () => [],
    'ipv6-cidr-block-association.association-id': () => [],
    'ipv6-cidr-block-association.ipv6-cidr-block': () => [],
    'ipv6-cidr-block-association.state': () => [],
    'ipv6-native': () => false,
    'map-customer-owned-ip-on-launch': () => false,
    'map-public-ip-on-launch': ({ mapPublicIpOnLaunch }) => mapPublicIpOnLaunch,
    'outpost-arn': () => [],
    'owner-id': ({ accountId }) => accountId,
    'private-dns-name-options-on-launch.hostname-type': ({ hostnameType }) => hostnameType,
    'private-dns-name-options-on-launch.enable-resource-name-dns-a-record': ({
      enableResourceNameDnsARecord,
    }) => enableResourceNameDnsARecord,
    'private-dns-name-options-on-launch.enable-resource-name-dns-aaaa-record': () => false,
    state: () => 'available',
    'subnet-arn': (subnet) => ec2Arn(subnet, 'subnet', subnet.id),
    'subnet-id': ({ id }) => id,
    'vpc-id': ({ vpcId }) => vpcId,
  };
};

const pageOf = pagesOfTable({
  list: 'subnets',
  table: subnets,
  find: subnetOf,
  filters,
  present: (subnet, tx) => presentSubnet(tx, subnet),
});

export const describeSubnets: Ec2Operation<'DescribeSubnets'> = (ec2, input, call) => {
  const page = pageOf(ec2, { ...input, ids: input.SubnetIds }, call);
  return { Subnets: page.items, NextToken: page.nextToken };
};
