// DeleteFileSystem: its access points go with it, and a controller removes its files. One with mount targets is not deleted.
import type { EfsOperation } from '../../efs.ts';
import { fileSystemInUse, incorrectState } from '../../errors.ts';
import { accessPoints } from '../../state/access-point/access-points.ts';
import { fileSystems } from '../../state/file-system/file-systems.ts';
import { mountTargets } from '../../state/mount-target/mount-targets.ts';
import { findFileSystem } from '../resolve/find.ts';

export const deleteFileSystem: EfsOperation<'DeleteFileSystem'> = (efs, input, call) =>
  efs.store.update((tx) => {
    const fileSystem = findFileSystem(tx, call, input.FileSystemId);
    const { id: fileSystemId } = fileSystem;
    if (fileSystem.state === 'deleting') throw incorrectState(fileSystemId, fileSystem.state);
    if (tx.table(mountTargets).count('fileSystem', { fileSystemId }) > 0)
      throw fileSystemInUse(fileSystemId, 'mount targets');
    for (const { id } of [...tx.table(accessPoints).by('fileSystem', { fileSystemId })])
      tx.table(accessPoints).delete(id);
    tx.table(fileSystems).put({ ...fileSystem, state: 'deleting' });
    return {};
  });
