// A mount target: the address of a file system in a subnet. On record: a host finds the file system by its directory.
import type { Scope } from '../../../shared/scope.ts';

export interface MountTarget extends Scope {
  readonly version: number;
  /** `fsmt-` and 17 hex digits. */
  readonly id: string;
  readonly fileSystemId: string;
  readonly subnetId: string;
  readonly vpcId: string;
  readonly availabilityZoneName: string;
  readonly availabilityZoneId: string;
  readonly networkInterfaceId: string;
  readonly ipAddress: string;
  /** Ids. */
  readonly securityGroups: readonly string[];
}
