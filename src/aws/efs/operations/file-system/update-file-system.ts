// UpdateFileSystem: another throughput mode, on record.
import type { EfsOperation } from '../../efs.ts';
import { presentFileSystem } from '../../present/file-system.ts';
import { fileSystems } from '../../state/file-system/file-systems.ts';
import { availableFileSystem } from '../resolve/find.ts';
import { checkedThroughput } from './throughput.ts';

export const updateFileSystem: EfsOperation<'UpdateFileSystem'> = (efs, input, call) =>
  efs.store.update((tx) => {
    const fileSystem = availableFileSystem(tx, call, input.FileSystemId);
    const modes = checkedThroughput(input, fileSystem.throughputMode);
    return presentFileSystem(tx, tx.table(fileSystems).put({ ...fileSystem, ...modes }));
  });
