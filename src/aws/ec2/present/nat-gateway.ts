import type { Presented } from '../../shared/presented.ts';
import type * as ec2 from '../shapes.generated.ts';
import { isLiveNatGateway, type NatGateway } from '../state/nat-gateway/nat-gateway.ts';
import { presentTags } from './tags.ts';

export const presentNatGateway = (gateway: NatGateway): Presented<ec2.NatGateway> => ({
  NatGatewayId: gateway.id,
  VpcId: gateway.vpcId,
  SubnetId: gateway.subnetId,
  ConnectivityType: gateway.connectivityType,
  State: gateway.state,
  CreateTime: gateway.createdAt / 1000,
  DeleteTime: gateway.deletedAt === undefined ? undefined : gateway.deletedAt / 1000,
  FailureCode: gateway.state === 'pending' ? undefined : gateway.failure?.code,
  FailureMessage: gateway.state === 'pending' ? undefined : gateway.failure?.message,
  NatGatewayAddresses: [presentAddress(gateway)],
  ProvisionedBandwidth: undefined,
  AvailabilityMode: undefined,
  AutoScalingIps: undefined,
  AutoProvisionZones: undefined,
  AttachedAppliances: undefined,
  RouteTableId: undefined,
  Tags: presentTags(gateway.tags),
});

const presentAddress = (gateway: NatGateway): Presented<ec2.NatGatewayAddress> => ({
  AllocationId: gateway.allocationId,
  AssociationId: isLiveNatGateway(gateway) ? gateway.associationId : undefined,
  NetworkInterfaceId: gateway.networkInterfaceId,
  PrivateIp: gateway.privateIp,
  PublicIp: gateway.publicIp,
  IsPrimary: true,
  FailureMessage: undefined,
  Status: gateway.state === 'available' ? 'succeeded' : undefined,
  AvailabilityZone: undefined,
  AvailabilityZoneId: undefined,
});
