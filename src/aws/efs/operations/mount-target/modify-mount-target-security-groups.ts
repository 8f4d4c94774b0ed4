// ModifyMountTargetSecurityGroups: replaces the security groups of a mount target.
import type { EfsOperation } from '../../efs.ts';
import { mountTargets } from '../../state/mount-target/mount-targets.ts';
import { findMountTarget } from '../resolve/find.ts';
import { checkedGroups } from './security-groups.ts';

export const modifyMountTargetSecurityGroups: EfsOperation<'ModifyMountTargetSecurityGroups'> = (
  efs,
  input,
  call,
) =>
  efs.store.update((tx) => {
    const target = findMountTarget(tx, call, input.MountTargetId);
    const securityGroups = checkedGroups(efs, tx, call, target.vpcId, input.SecurityGroups);
    efs.networks.changeSecurityGroups(tx, target.networkInterfaceId, securityGroups);
    tx.table(mountTargets).put({ ...target, securityGroups });
    return {};
  });
