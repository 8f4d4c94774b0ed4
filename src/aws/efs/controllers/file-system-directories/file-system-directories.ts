// Makes the directories of file systems that are being made, and removes those of file systems that are being deleted.
import type { Controller } from '../../../shared/loop.ts';
import { fileSystems } from '../../state/file-system/file-systems.ts';
import type { FileSystemDirectories } from './directories.ts';

/** Its keys are the ids of file systems. */
export const fileSystemDirectories = (directories: FileSystemDirectories): Controller => ({
  name: 'file-system-directories',
  watch: (store, enqueue) =>
    store.watch(fileSystems, (changes) => {
      for (const { key, before, after } of changes) if (before?.state !== after?.state) enqueue(key);
    }),
  allKeys: (store) =>
    store.view((tx) =>
      (['creating', 'deleting'] as const).flatMap((state) =>
        Array.from(tx.table(fileSystems).by('state', { state }), ({ id }) => id),
      ),
    ),
  sync: (id, store) => {
    const fileSystem = store.view((tx) => tx.table(fileSystems).get(id));
    if (fileSystem?.state === 'creating') {
      directories.make(id);
      store.update((tx) => tx.table(fileSystems).put({ ...fileSystem, state: 'available' }));
    }
    if (fileSystem?.state === 'deleting') {
      directories.remove(id);
      store.update((tx) => tx.table(fileSystems).delete(id));
    }
    return undefined;
  },
});
