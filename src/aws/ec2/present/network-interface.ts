import type { ReadTransaction } from '../../../store/store.ts';
import type { Presented } from '../../shared/presented.ts';
import type * as ec2 from '../shapes.generated.ts';
import { addresses } from '../state/address/address.ts';
import type {
  NetworkInterface,
  NetworkInterfaceAttachment,
} from '../state/network-interface/network-interface.ts';
import { securityGroups } from '../state/security-group/security-group.ts';
import { vpcs } from '../state/vpc/vpc.ts';
import { zoneOf } from '../state/zone.ts';
import { presentTags } from './tags.ts';

export function presentNetworkInterface(
  tx: ReadTransaction,
  row: NetworkInterface,
): Presented<ec2.NetworkInterface> {
  const hasNames = tx.table(vpcs).get(row.vpcId)?.enableDnsHostnames === true;
  const all = row.privateIpAddresses.map((address, index) => ({
    PrivateIpAddress: address,
    PrivateDnsName: hasNames ? privateDnsName(row.region, address) : undefined,
    Primary: index === 0,
    Association: association(tx, row, address),
  }));
  const { PrivateIpAddress, PrivateDnsName, Association } = all[0]!;
  return {
    NetworkInterfaceId: row.id,
    // The model has other words for some kinds than EC2 answers, e.g. natGateway for nat_gateway.
    InterfaceType: row.interfaceType as ec2.NetworkInterfaceType,
    OwnerId: row.accountId,
    VpcId: row.vpcId,
    SubnetId: row.subnetId,
    AvailabilityZone: row.availabilityZone,
    AvailabilityZoneId: zoneOf(row.region, row.availabilityZone)?.id,
    MacAddress: row.macAddress,
    Description: row.description,
    Status: row.attachment === undefined ? 'available' : 'in-use',
    PrivateIpAddress,
    PrivateDnsName,
    Association,
    PrivateIpAddresses: all,
    Groups: row.groupIds.map((id) => ({ GroupId: id, GroupName: tx.table(securityGroups).get(id)?.name })),
    SourceDestCheck: row.sourceDestCheck,
    RequesterId: row.requesterId,
    RequesterManaged: row.requesterManaged,
    Attachment: row.attachment && presentAttachment(row.attachment),
    TagSet: presentTags(row.tags),
    Ipv6Addresses: [],
    Ipv6Address: undefined,
    Ipv6Native: undefined,
    Ipv4Prefixes: undefined,
    Ipv6Prefixes: undefined,
    ConnectionTrackingConfiguration: undefined,
    PublicDnsName: undefined,
    PublicIpDnsNameOptions: undefined,
    OutpostArn: undefined,
    DenyAllIgwTraffic: undefined,
    Operator: { Managed: false },
    AssociatedSubnets: undefined,
  };
}

/** E.g. `ip-10-0-0-5.ec2.internal`, as machines of a VPC call one another. */
export const privateDnsName = (region: string, address: string): string =>
  `ip-${address.replaceAll('.', '-')}.${region === 'us-east-1' ? 'ec2' : `${region}.compute`}.internal`;

function association(
  tx: ReadTransaction,
  { id }: NetworkInterface,
  privateIpAddress: string,
): Presented<ec2.NetworkInterfaceAssociation> | undefined {
  const all = [...tx.table(addresses).by('networkInterface', { networkInterfaceId: id })];
  const address = all.find((one) => one.privateIpAddress === privateIpAddress);
  return (
    address && {
      AllocationId: address.id,
      AssociationId: address.associationId,
      IpOwnerId: address.accountId,
      PublicIp: address.publicIp,
      PublicDnsName: undefined,
      CustomerOwnedIp: undefined,
      CarrierIp: undefined,
    }
  );
}

const presentAttachment = (
  attachment: NetworkInterfaceAttachment,
): Presented<ec2.NetworkInterfaceAttachment> => ({
  AttachmentId: attachment.id,
  InstanceId: attachment.instanceId,
  InstanceOwnerId: attachment.instanceOwnerId,
  DeviceIndex: attachment.deviceIndex,
  DeleteOnTermination: attachment.deleteOnTermination,
  AttachTime: attachment.attachedAt / 1000,
  Status: 'attached',
  NetworkCardIndex: 0,
  EnaSrdSpecification: undefined,
  EnaQueueCount: undefined,
});
