import type { ReadTransaction } from '../../../store/store.ts';
import type { Presented } from '../../shared/presented.ts';
import type * as ec2 from '../shapes.generated.ts';
import { freeAddressCount } from '../state/network-interface/free-address.ts';
import { ec2Arn } from '../state/resource.ts';
import type { Subnet } from '../state/subnet/subnet.ts';
import { zoneOf } from '../state/zone.ts';
import { presentTags } from './tags.ts';

export const presentSubnet = (tx: ReadTransaction, subnet: Subnet): Presented<ec2.Subnet> => ({
  SubnetId: subnet.id,
  SubnetArn: ec2Arn(subnet, 'subnet', subnet.id),
  OwnerId: subnet.accountId,
  VpcId: subnet.vpcId,
  State: 'available',
  CidrBlock: subnet.cidrBlock,
  AvailableIpAddressCount: freeAddressCount(tx, subnet),
  AvailabilityZone: subnet.availabilityZone,
  AvailabilityZoneId: zoneOf(subnet.region, subnet.availabilityZone)?.id,
  DefaultForAz: subnet.defaultForAz,
  MapPublicIpOnLaunch: subnet.mapPublicIpOnLaunch,
  MapCustomerOwnedIpOnLaunch: false,
  CustomerOwnedIpv4Pool: undefined,
  AssignIpv6AddressOnCreation: false,
  Ipv6CidrBlockAssociationSet: [],
  Ipv6Native: false,
  EnableDns64: false,
  EnableLniAtDeviceIndex: undefined,
  OutpostArn: undefined,
  PrivateDnsNameOptionsOnLaunch: {
    HostnameType: subnet.hostnameType,
    EnableResourceNameDnsARecord: subnet.enableResourceNameDnsARecord,
    EnableResourceNameDnsAAAARecord: false,
  },
  BlockPublicAccessStates: { InternetGatewayBlockMode: 'off' },
  Type: undefined,
  Tags: presentTags(subnet.tags),
});
