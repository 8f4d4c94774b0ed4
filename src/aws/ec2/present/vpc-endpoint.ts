import type { ReadTransaction } from '../../../store/store.ts';
import type { Presented } from '../../shared/presented.ts';
import type * as ec2 from '../shapes.generated.ts';
import { networkInterfaces } from '../state/network-interface/network-interface.ts';
import { securityGroups } from '../state/security-group/security-group.ts';
import { endpointService } from '../state/vpc-endpoint/endpoint-services.ts';
import type { VpcEndpoint } from '../state/vpc-endpoint/vpc-endpoint.ts';
import { presentTags } from './tags.ts';

// EC2 answers it in small letters, whatever its model says.
const available = 'available' as string as ec2.State;

/** What an endpoint without a policy allows: everything. */
const openPolicy = JSON.stringify({
  Version: '2008-10-17',
  Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }],
});

export const presentVpcEndpoint = (
  tx: ReadTransaction,
  endpoint: VpcEndpoint,
): Presented<ec2.VpcEndpoint> => ({
  VpcEndpointId: endpoint.id,
  VpcEndpointType: endpoint.type,
  OwnerId: endpoint.accountId,
  VpcId: endpoint.vpcId,
  ServiceName: endpoint.serviceName,
  ServiceRegion: endpoint.region,
  State: available,
  PolicyDocument: endpoint.policyDocument ?? openPolicy,
  RouteTableIds: endpoint.routeTableIds,
  SubnetIds: endpoint.subnetIds,
  Groups: endpoint.groupIds.map((id) => ({ GroupId: id, GroupName: tx.table(securityGroups).get(id)?.name })),
  NetworkInterfaceIds: endpoint.networkInterfaceIds,
  PrivateDnsEnabled: endpoint.privateDnsEnabled,
  IpAddressType: endpoint.type === 'Interface' ? 'ipv4' : undefined,
  DnsOptions: endpoint.type === 'Interface' ? { DnsRecordIpType: 'ipv4' } : undefined,
  DnsEntries: dnsEntries(tx, endpoint),
  RequesterManaged: false,
  CreationTimestamp: endpoint.createdAt / 1000,
  LastError: undefined,
  Ipv4Prefixes: undefined,
  Ipv6Prefixes: undefined,
  FailureReason: undefined,
  ServiceNetworkArn: undefined,
  ResourceConfigurationArn: undefined,
  PayerResponsibilities: undefined,
  Tags: presentTags(endpoint.tags),
});

/** Of all of an interface's zones together, of each of them, and of the service where its own names lead there. */
function dnsEntries(tx: ReadTransaction, endpoint: VpcEndpoint): readonly ec2.DnsEntry[] {
  const { id, region, serviceName, networkInterfaceIds } = endpoint;
  if (endpoint.type === 'Gateway') return [];
  const suffix = `${serviceName.split('.').slice(3).join('.')}.${region}.vpce.amazonaws.com`;
  const zones = networkInterfaceIds.map((one) => tx.table(networkInterfaces).get(one)!.availabilityZone);
  const own = endpointService(region, serviceName)!.privateDnsName;
  return [
    `${id}.${suffix}`,
    ...zones.map((zone) => `${id}-${zone}.${suffix}`),
    ...(endpoint.privateDnsEnabled ? [own] : []),
  ].map((DnsName) => ({ DnsName }));
}
