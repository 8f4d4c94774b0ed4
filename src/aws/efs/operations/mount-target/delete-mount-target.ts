// DeleteMountTarget: its network interface goes with it.
import type { EfsOperation } from '../../efs.ts';
import { mountTargets } from '../../state/mount-target/mount-targets.ts';
import { findMountTarget } from '../resolve/find.ts';

export const deleteMountTarget: EfsOperation<'DeleteMountTarget'> = (efs, input, call) =>
  efs.store.update((tx) => {
    const { id, networkInterfaceId } = findMountTarget(tx, call, input.MountTargetId);
    efs.networks.detach(tx, networkInterfaceId);
    tx.table(mountTargets).delete(id);
    return {};
  });
