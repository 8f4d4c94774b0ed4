// DescribeBackupPolicy: whether the file system is to be copied.
import type { EfsOperation } from '../../efs.ts';
import { findFileSystem } from '../resolve/find.ts';

export const describeBackupPolicy: EfsOperation<'DescribeBackupPolicy'> = (efs, input, call) =>
  efs.store.view((tx) => {
    const { isBackedUp } = findFileSystem(tx, call, input.FileSystemId);
    return { BackupPolicy: { Status: isBackedUp ? 'ENABLED' : 'DISABLED' } };
  });
