// DescribeMountTargetSecurityGroups: the ids of the security groups of a mount target.
import type { EfsOperation } from '../../efs.ts';
import { findMountTarget } from '../resolve/find.ts';

export const describeMountTargetSecurityGroups: EfsOperation<'DescribeMountTargetSecurityGroups'> = (
  efs,
  input,
  call,
) =>
  efs.store.view((tx) => ({
    SecurityGroups: findMountTarget(tx, call, input.MountTargetId).securityGroups,
  }));
