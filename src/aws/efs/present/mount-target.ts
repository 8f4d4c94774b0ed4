import type { Presented } from '../../shared/presented.ts';
import type { MountTargetDescription } from '../shapes.generated.ts';
import type { MountTarget } from '../state/mount-target/mount-target.ts';

export const presentMountTarget = (target: MountTarget): Presented<MountTargetDescription> => ({
  OwnerId: target.accountId,
  MountTargetId: target.id,
  FileSystemId: target.fileSystemId,
  SubnetId: target.subnetId,
  LifeCycleState: 'available',
  IpAddress: target.ipAddress,
  Ipv6Address: undefined,
  NetworkInterfaceId: target.networkInterfaceId,
  AvailabilityZoneId: target.availabilityZoneId,
  AvailabilityZoneName: target.availabilityZoneName,
  VpcId: target.vpcId,
});
