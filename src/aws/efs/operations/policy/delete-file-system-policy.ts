// DeleteFileSystemPolicy: none is no error.
import type { EfsOperation } from '../../efs.ts';
import { fileSystems } from '../../state/file-system/file-systems.ts';
import { availableFileSystem } from '../resolve/find.ts';

export const deleteFileSystemPolicy: EfsOperation<'DeleteFileSystemPolicy'> = (efs, input, call) =>
  efs.store.update((tx) => {
    const fileSystem = availableFileSystem(tx, call, input.FileSystemId);
    tx.table(fileSystems).put({ ...fileSystem, policy: undefined });
    return {};
  });
