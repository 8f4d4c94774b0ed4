// DescribeMountTargets: those of a file system, also by one of its access points, or one.
import type { ReadTransaction } from '../../../../store/store.ts';
import type { Call } from '../../../../wire/api.ts';
import type { EfsOperation } from '../../efs.ts';
import { badRequest } from '../../errors.ts';
import { presentMountTarget } from '../../present/mount-target.ts';
import type { DescribeMountTargetsRequest } from '../../shapes.generated.ts';
import type { MountTarget } from '../../state/mount-target/mount-target.ts';
import { mountTargets } from '../../state/mount-target/mount-targets.ts';
import { nextPage } from '../page.ts';
import { findAccessPoint, findFileSystem, findMountTarget } from '../resolve/find.ts';

export const describeMountTargets: EfsOperation<'DescribeMountTargets'> = (efs, input, call) =>
  efs.store.view((tx) => {
    const { items, nextToken } = nextPage({
      list: 'mount-targets',
      size: input.MaxItems,
      token: input.Marker,
      rows: asked(tx, call, input),
      key: mountTargets.key,
      present: presentMountTarget,
    });
    return { MountTargets: items, ...(nextToken !== undefined && { NextMarker: nextToken }) };
  });

function asked(tx: ReadTransaction, call: Call, input: DescribeMountTargetsRequest): readonly MountTarget[] {
  const { FileSystemId, MountTargetId, AccessPointId } = input;
  const given = [FileSystemId, MountTargetId, AccessPointId].filter((one) => one !== undefined);
  if (given.length !== 1) throw badRequest('Give one of FileSystemId, MountTargetId and AccessPointId.');
  if (MountTargetId !== undefined) return [findMountTarget(tx, call, MountTargetId)];
  const fileSystemId =
    FileSystemId === undefined
      ? findAccessPoint(tx, call, AccessPointId!).fileSystemId
      : findFileSystem(tx, call, FileSystemId).id;
  return [...tx.table(mountTargets).by('fileSystem', { fileSystemId })];
}
