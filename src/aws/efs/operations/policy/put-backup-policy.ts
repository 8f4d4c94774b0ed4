// PutBackupPolicy: whether AWS Backup would copy the file system. On record: there is no AWS Backup here.
import type { EfsOperation } from '../../efs.ts';
import { validation } from '../../errors.ts';
import { fileSystems } from '../../state/file-system/file-systems.ts';
import { availableFileSystem } from '../resolve/find.ts';

export const putBackupPolicy: EfsOperation<'PutBackupPolicy'> = (efs, input, call) => {
  const { Status } = input.BackupPolicy;
  if (Status !== 'ENABLED' && Status !== 'DISABLED')
    throw validation('The status of a backup policy can be set to ENABLED or DISABLED.');
  return efs.store.update((tx) => {
    const fileSystem = availableFileSystem(tx, call, input.FileSystemId);
    tx.table(fileSystems).put({ ...fileSystem, isBackedUp: Status === 'ENABLED' });
    return { BackupPolicy: { Status } };
  });
};
