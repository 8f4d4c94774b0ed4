// The file system, access point or mount target that an input names.
import type { ReadTransaction } from '../../../../store/store.ts';
import type { Scope } from '../../../shared/scope.ts';
import {
  accessPointNotFound,
  fileSystemNotFound,
  incorrectState,
  mountTargetNotFound,
} from '../../errors.ts';
import type { AccessPoint } from '../../state/access-point/access-point.ts';
import { accessPoints } from '../../state/access-point/access-points.ts';
import { idOf } from '../../state/arn.ts';
import type { FileSystem } from '../../state/file-system/file-system.ts';
import { fileSystems } from '../../state/file-system/file-systems.ts';
import type { MountTarget } from '../../state/mount-target/mount-target.ts';
import { mountTargets } from '../../state/mount-target/mount-targets.ts';

const isOf = (scope: Scope, row: Scope | undefined): boolean =>
  row?.accountId === scope.accountId && row.region === scope.region;

/** By id or ARN; throws FileSystemNotFound. */
export function findFileSystem(tx: ReadTransaction, scope: Scope, reference: string): FileSystem {
  const found = tx.table(fileSystems).get(idOf(scope, reference));
  if (found === undefined || !isOf(scope, found)) throw fileSystemNotFound(reference);
  return found;
}

/** The same; throws IncorrectFileSystemLifeCycleState while it is made or deleted. */
export function availableFileSystem(tx: ReadTransaction, scope: Scope, reference: string): FileSystem {
  const found = findFileSystem(tx, scope, reference);
  if (found.state !== 'available') throw incorrectState(found.id, found.state);
  return found;
}

/** By id or ARN; throws AccessPointNotFound. */
export function findAccessPoint(tx: ReadTransaction, scope: Scope, reference: string): AccessPoint {
  const found = tx.table(accessPoints).get(idOf(scope, reference));
  if (found === undefined || !isOf(scope, found)) throw accessPointNotFound(reference);
  return found;
}

/** Throws MountTargetNotFound. */
export function findMountTarget(tx: ReadTransaction, scope: Scope, id: string): MountTarget {
  const found = tx.table(mountTargets).get(id);
  if (found === undefined || !isOf(scope, found)) throw mountTargetNotFound(id);
  return found;
}
