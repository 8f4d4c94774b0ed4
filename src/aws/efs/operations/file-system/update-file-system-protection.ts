// UpdateFileSystemProtection: whether a replication may write over the file system; there is none here, so it is on record.
import type { EfsOperation } from '../../efs.ts';
import { badRequest } from '../../errors.ts';
import { fileSystems } from '../../state/file-system/file-systems.ts';
import { availableFileSystem } from '../resolve/find.ts';

export const updateFileSystemProtection: EfsOperation<'UpdateFileSystemProtection'> = (efs, input, call) => {
  const asked = input.ReplicationOverwriteProtection;
  if (asked === 'REPLICATING') throw badRequest('Only ENABLED and DISABLED can be set.');
  return efs.store.update((tx) => {
    const fileSystem = availableFileSystem(tx, call, input.FileSystemId);
    const overwriteProtection = asked ?? fileSystem.overwriteProtection;
    tx.table(fileSystems).put({ ...fileSystem, overwriteProtection });
    return { ReplicationOverwriteProtection: overwriteProtection };
  });
};
