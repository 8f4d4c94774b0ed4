import type { Presented } from '../../shared/presented.ts';
import type { Host } from '../ec2.ts';
import type * as ec2 from '../shapes.generated.ts';
import { presentTags } from './tags.ts';
import { zoneOf } from '../state/zone.ts';

const running = { Code: 16, Name: 'running' } as const;

export const presentReservation = (host: Host): Presented<ec2.Reservation> => ({
  ReservationId: `r-${host.id.slice(host.id.lastIndexOf('-') + 1)}`,
  OwnerId: host.accountId,
  RequesterId: undefined,
  Groups: [],
  Instances: [presentInstance(host)],
});

/** What is known of a host; of what is no matter of Longshore's, such as its volumes, nothing is said. */
const presentInstance = (host: Host): ec2.Instance => ({
  InstanceId: host.id,
  ImageId: host.imageId,
  InstanceType: host.instanceType,
  State: running,
  Architecture: host.architecture,
  AmiLaunchIndex: 0,
  LaunchTime: host.launchedAt / 1000,
  Monitoring: { State: 'disabled' },
  Placement: {
    AvailabilityZone: host.availabilityZone,
    AvailabilityZoneId: zoneOf(host.region, host.availabilityZone)?.id,
    Tenancy: 'default',
  },
  PrivateDnsName: host.hostName ?? '',
  PrivateIpAddress: host.privateIpAddress,
  PublicDnsName: '',
  NetworkInterfaces: [],
  SecurityGroups: [],
  BlockDeviceMappings: [],
  ProductCodes: [],
  Tags: presentTags(host.tags),
});

export function presentInstanceStatus(host: Host): ec2.InstanceStatus {
  const [status, reachability] =
    host.isHealthy === undefined
      ? (['insufficient-data', 'insufficient-data'] as const)
      : host.isHealthy
        ? (['ok', 'passed'] as const)
        : (['impaired', 'failed'] as const);
  const summary = { Status: status, Details: [{ Name: 'reachability' as const, Status: reachability }] };
  return {
    InstanceId: host.id,
    AvailabilityZone: host.availabilityZone,
    AvailabilityZoneId: zoneOf(host.region, host.availabilityZone)?.id,
    InstanceState: running,
    InstanceStatus: summary,
    SystemStatus: summary,
    Events: [],
  };
}
