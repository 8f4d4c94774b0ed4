// CreateMountTarget: an address of a file system in a subnet; one in each Availability Zone, all in one VPC.
import { hexId } from '../../../../lib/ids.ts';
import type { WriteTransaction } from '../../../../store/store.ts';
import type { Call } from '../../../../wire/api.ts';
import type { Efs, EfsOperation } from '../../efs.ts';
import {
  addressInUse,
  badRequest,
  mountTargetConflict,
  noFreeAddress,
  subnetNotFound,
  unsupported,
  zonesMismatch,
} from '../../errors.ts';
import { presentMountTarget } from '../../present/mount-target.ts';
import type { CreateMountTargetRequest } from '../../shapes.generated.ts';
import type { FileSystem } from '../../state/file-system/file-system.ts';
import { mountTargets } from '../../state/mount-target/mount-targets.ts';
import type { SubnetPlace } from '../../state/mount-target/networks.ts';
import { availableFileSystem } from '../resolve/find.ts';
import { checkedGroups } from './security-groups.ts';

export const createMountTarget: EfsOperation<'CreateMountTarget'> = (efs, input, call) => {
  if (input.Ipv6Address !== undefined || (input.IpAddressType ?? 'IPV4_ONLY') !== 'IPV4_ONLY')
    throw unsupported('IPv6 addresses of mount targets');
  return efs.store.update((tx) => {
    const fileSystem = availableFileSystem(tx, call, input.FileSystemId);
    const place = efs.networks.subnet(tx, call, input.SubnetId);
    if (place === undefined) throw subnetNotFound(input.SubnetId);
    refuseConflict(tx, fileSystem, place);
    const securityGroups = checkedGroups(efs, tx, call, place.vpcId, input.SecurityGroups);
    const { accountId, region } = call;
    const made = tx.table(mountTargets).put({
      ...{ accountId, region, ...place, securityGroups },
      id: `fsmt-${hexId(efs.random, 17)}`,
      fileSystemId: fileSystem.id,
      subnetId: input.SubnetId,
      ...attached(efs, tx, call, input, securityGroups),
    });
    return presentMountTarget(made);
  });
};

function refuseConflict(
  tx: WriteTransaction,
  { id, availabilityZoneName }: FileSystem,
  place: SubnetPlace,
): void {
  if (availabilityZoneName !== undefined && availabilityZoneName !== place.availabilityZoneName)
    throw zonesMismatch(availabilityZoneName);
  for (const other of tx.table(mountTargets).by('fileSystem', { fileSystemId: id })) {
    if (other.vpcId !== place.vpcId)
      throw mountTargetConflict(
        'requested subnet for new mount target is not in the same VPC as existing mount targets',
      );
    if (other.availabilityZoneName === place.availabilityZoneName)
      throw mountTargetConflict('mount target already exists in this AZ');
  }
}

function attached(
  efs: Efs,
  tx: WriteTransaction,
  call: Call,
  { SubnetId: subnetId, IpAddress: ipAddress, FileSystemId }: CreateMountTargetRequest,
  securityGroups: readonly string[],
) {
  const description = `EFS mount target for ${FileSystemId}`;
  const made = efs.networks.attach(tx, call, { subnetId, securityGroups, ipAddress, description });
  if (made === 'no free address') throw noFreeAddress(subnetId);
  if (made === 'address in use') throw addressInUse(ipAddress!);
  if (made === 'not in subnet')
    throw badRequest(`The address ${ipAddress} is not one of subnet ${subnetId}.`);
  return { networkInterfaceId: made.id, ipAddress: made.ipAddress };
}
